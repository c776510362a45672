import { AxeBuilder } from '@axe-core/playwright';
import { requireChromium } from '@canary/scenario';
import { expect, test, type Page } from '@playwright/test';
import { openPage, startPageWorld, type PageWorld } from './page-world.ts';

requireChromium();

test.describe('the live page, for whoever reads it,', () => {
  let world: PageWorld;
  let traffic: Awaited<ReturnType<PageWorld['world']['startTraffic']>>;
  test.beforeAll(async () => {
    world = await startPageWorld();
    traffic = await world.world.startTraffic(50);
    const { ended } = await world.release('2.0.0', { judged: true });
    await ended;
  });
  test.afterAll(async () => {
    await traffic.stop();
    await world.close();
  });
  const open = (page: Page) => openPage(page, world);

  test('fits on a laptop without scrolling, and on a phone by scrolling down alone', async ({
    page,
  }) => {
    await open(page);
    const overflow = () =>
      page.evaluate(() => {
        const { scrollWidth, scrollHeight } = document.documentElement;
        return [scrollWidth - innerWidth, scrollHeight - innerHeight];
      });
    expect(await overflow()).toEqual([0, 0]);
    await page.setViewportSize({ width: 360, height: 780 });
    expect((await overflow())[0]).toBe(0);
  });

  for (const [name, media] of Object.entries({
    light: { colorScheme: 'light' },
    dark: { colorScheme: 'dark' },
  } as const)) {
    test(`has nothing that axe objects to: ${name}`, async ({ page }) => {
      await page.emulateMedia(media);
      await open(page);
      await expect(page.locator('[data-pod]').first()).toBeVisible();
      const check = async () => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' ')}`);
      };
      expect(await check()).toEqual([]);
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await check()).toEqual([]);
      await page.keyboard.press('Escape');
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await check()).toEqual([]);
      await page.goto('about:blank');
      await page.goto(`${world.page().address.split('#')[0]!}#token=wrong`);
      await expect(page.getByLabel('Token')).toBeVisible();
      expect(await check()).toEqual([]);
    });
  }

  test.describe('for readers of Chinese who want no motion', () => {
    test.use({ locale: 'zh-CN', contextOptions: { reducedMotion: 'reduce' } });
    test('is in Chinese, and stands still', async ({ page }) => {
      await openInChinese(page);
      await expect(page.getByRole('heading', { name: '阶段' })).toBeVisible();
      const frames = await page.evaluate(async () => {
        const canvas = document.querySelector('canvas[aria-label]')!;
        const ctx = (canvas as HTMLCanvasElement).getContext('2d')!;
        let draws = 0;
        const clear = ctx.clearRect.bind(ctx);
        ctx.clearRect = (...rect) => {
          draws++;
          clear(...rect);
        };
        await new Promise((resolve) => setTimeout(resolve, 3000));
        return draws;
      });
      expect(frames).toBeLessThanOrEqual(5);
    });
    const openInChinese = async (page: Page) => {
      await page.goto(world.page().address);
      await expect(page.getByText('实时', { exact: true })).toBeVisible();
    };
  });
});
