import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { openPage, startPageWorld, type PageWorld, type ReleaseOptions } from './page-world.ts';

/** Takes the pictures of the README: npx nx run local-e2e:screenshots. */
const IMAGES = fileURLToPath(new URL('../../../docs/images', import.meta.url));
const JUDGED: ReleaseOptions = {
  judged: true,
  observe: { until: 'verdict', soakSeconds: 20, limitSeconds: 600, everySeconds: 1 },
  canaryReplicas: [1, 2],
};

test.describe('the live page', () => {
  let world: PageWorld;
  let traffic: Awaited<ReturnType<PageWorld['world']['startTraffic']>>;
  test.beforeAll(async () => {
    world = await startPageWorld(4);
    traffic = await world.world.startTraffic(100);
  });
  test.afterAll(async () => {
    await traffic.stop();
    await world.close();
  });
  const open = (page: Page) => openPage(page, world);
  const take = async (page: Page, name: string, fullPage = false) => {
    await writeFile(join(IMAGES, `page-${name}.png`), await page.screenshot({ fullPage }));
  };
  const step = (page: Page, text: string) =>
    expect(page.locator('.stage.under-way')).toContainText(text, { timeout: 120_000 });

  test('rolls a bad canary back, then lets a good one take over', async ({ page }) => {
    await open(page);
    await page.waitForTimeout(20_000);
    const bad = await world.release('2.0.0', { ...JUDGED, env: { ERROR_RATE: '0.08' } });
    expect((await bad.ended).outcome).toBe('rolled back');
    await page.waitForTimeout(8000);
    await take(page, 'rollback');

    const good = await world.release('2.1.0', {
      canaryReplicas: [1, 2],
      observe: { until: 'time', seconds: 25, everySeconds: 1 },
      confirm: true,
      judged: true,
    });
    await step(page, 'observe 25 s');
    await page.waitForTimeout(18_000);
    await take(page, 'canary');
    await step(page, 'wait for a person');
    await page.waitForTimeout(4000);
    await page.keyboard.press('t');
    await page.waitForTimeout(1000);
    await take(page, 'dark');
    await page.keyboard.press('t');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.waitForTimeout(1000);
    await take(page, 'phone');
    await page.setViewportSize({ width: 1366, height: 768 });
    await page.keyboard.press('p');
    await page.getByLabel('Reason').fill('looks good');
    await page.keyboard.press('Enter');
    expect((await good.ended).outcome).toBe('promoted');
    await page.waitForTimeout(10_000);
    await take(page, 'take-over');
  });
});
