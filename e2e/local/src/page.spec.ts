import { apiClient, type PageView } from '@canary/api/client';
import { expectedFigures, requireChromium, shown } from '@canary/scenario';
import { expect, test, type Page } from '@playwright/test';
import { openPage, startPageWorld, type PageWorld } from './page-world.ts';

const RPS = 80;
/** A change is shown within a scrape interval and a quarter of a second. */
const LAG_MS = 1250;

requireChromium();

test.describe('the live page', () => {
  test.describe.configure({ mode: 'default' });
  let world: PageWorld;
  let traffic: Awaited<ReturnType<PageWorld['world']['startTraffic']>>;
  /** What the browser objected to, such as a script that the policy forbids. */
  let complaints: string[];

  test.beforeAll(async () => {
    world = await startPageWorld();
    traffic = await world.world.startTraffic(RPS);
  });
  test.afterAll(async () => {
    await traffic.stop();
    await world.close();
  });
  test.beforeEach(({ page }) => {
    complaints = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
  });

  const api = async (): Promise<PageView> => {
    const { address, token } = world.page();
    return (await apiClient(address, token).everything()).view;
  };
  const open = (page: Page) => openPage(page, world);
  const state = (page: Page) => page.locator('[data-figure="state"]');

  test('shows a release from start to end, each figure as the API has it', async ({ page }) => {
    await open(page);
    const { ended } = await world.release('2.0.0');
    const compared = new Set<number>();
    const seen = new Set<string>();
    const progress = { isOver: false };
    void ended.finally(() => (progress.isOver = true));
    while (!progress.isOver) {
      const before = (await api()).status.rollout;
      const figures = await shown(page);
      const after = (await api()).status.rollout;
      seen.add(figures.state);
      // Only what did not change while the page was read can be compared.
      if (!before || before.observation.number !== after?.observation.number) continue;
      // A stage begins anew with the look of the one before it.
      if (before.stage !== after.stage || !figures.state.includes(`${before.stage} of`)) continue;
      // So does its gate.
      if (before.observation.number > 0 && !before.observedShare) continue;
      const { observation, observed, interval } = expectedFigures(before);
      if (figures.observation !== observation) continue;
      expect(figures).toMatchObject({ observation, observed, interval });
      if (observation > 0) compared.add(observation);
    }
    expect((await ended).outcome).toBe('promoted');
    expect(compared.size).toBeGreaterThanOrEqual(3);
    expect([...seen].filter((text) => text.startsWith('stage')).length).toBeGreaterThanOrEqual(2);
    await expect(state(page)).toHaveText('promoted');
    // Nothing changes any more: all figures are to be the same.
    const all = expectedFigures((await api()).status.rollout!);
    await expect.poll(() => shown(page)).toMatchObject(all);
    // A release that has ended stays to be read.
    await page.reload();
    await expect(state(page)).toHaveText('promoted');
    await expect(page.locator('.events li').first()).toContainText('promoted');
    expect(complaints).toEqual([]);
  });

  test('counts a dot for each request', async ({ page }) => {
    await open(page);
    const dots = page.locator('[data-dots]');
    await expect(dots.first()).toBeVisible();
    const { ring } = await page.evaluate(() => ({
      ring: document.querySelector('canvas') !== null,
    }));
    expect(ring).toBe(true);
    const counts = (await dots.allTextContents()).map(Number);
    const { address, token } = world.page();
    const { samples } = await apiClient(address, token).everything();
    const known = samples.map(({ releases }) =>
      Object.values(releases).map(({ requests }) => requests),
    );
    expect(known).toContainEqual(counts);
  });

  test('shows what changes on the platform within a scrape and 250 ms', async ({ page }) => {
    await open(page);
    const [workload] = (await api()).status.workloads;
    const ref = { namespace: 'canary', name: workload!.name };
    const pods = page.locator('[data-pod]');
    await expect(pods).toHaveCount(2);
    const lags: number[] = [];
    for (const replicas of [3, 2]) {
      const changed = page.evaluate(
        (wanted) =>
          new Promise<number>((resolve) => {
            const isThere = () => {
              const rows = [...document.querySelectorAll('[data-pod]')];
              const staying = rows.filter((row) => !row.textContent.includes('leaving'));
              if (staying.length === wanted) resolve(Date.now());
              else setTimeout(isThere, 5);
            };
            isThere();
          }),
        replicas,
      );
      const at = Date.now();
      await world.world.platform.scale(ref, replicas);
      lags.push((await changed) - at);
    }
    process.stdout.write(`shown ${lags.join(' and ')} ms after the change\n`);
    expect(Math.max(...lags)).toBeLessThan(LAG_MS);
  });

  test('aborts from the keyboard, with what will happen and a reason', async ({ page }) => {
    await open(page);
    await expect(page.locator('[data-pod]')).toHaveCount(2);
    const { ended } = await world.release('3.0.0', { confirm: true, observe: LONG });
    await expect(page.getByRole('button', { name: 'Abort' })).toBeEnabled();
    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog', { name: 'Abort the release of 3.0.0?' });
    await expect(dialog).toContainText('2.0.0 grows back to 2 replicas');
    await dialog.getByRole('button', { name: 'Abort' }).click();
    await expect(dialog.getByRole('alert')).toHaveText('A reason is needed.');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await page.keyboard.press('a');
    await expect(dialog.getByLabel('Reason')).toBeFocused();
    await page.keyboard.type('the shop is slow');
    await page.keyboard.press('Enter');
    await expect(state(page)).toHaveText('aborted', { timeout: 20_000 });
    const record = await ended;
    expect(record.outcome).toBe('aborted');
    expect(record.history.map(({ why }) => why).join()).toContain('the shop is slow');
    await expect(page.locator('.events')).toContainText('the shop is slow');
    expect(complaints).toEqual([]);
  });

  test('pauses, resumes and promotes', async ({ page }) => {
    await open(page);
    const { ended } = await world.release('3.0.0', { confirm: true, observe: LONG });
    const ask = async (key: string, name: string) => {
      await expect(page.getByRole('button', { name, exact: true })).toBeEnabled({
        timeout: 20_000,
      });
      await page.keyboard.press(key);
      await page.getByLabel('Reason').fill('so');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog')).toBeHidden();
    };
    await ask('s', 'Pause');
    await expect(page.locator('.stages')).toContainText('resume: paused by ana, so');
    await ask('r', 'Resume');
    await ask('p', 'Promote');
    await expect(page.locator('.stages')).toContainText('a person: promote or abort');
    await ask('p', 'Promote');
    expect((await ended).outcome).toBe('promoted');
    await expect(state(page)).toHaveText('promoted');
  });

  test('asks for the token where it is wrong, and shows nothing', async ({ page }) => {
    const { address, token } = world.page();
    await page.goto(`${address.split('#')[0]!}#token=wrong`);
    await expect(page.getByRole('heading', { name: 'needs its token' })).toBeVisible();
    await expect(page.locator('.panel')).toHaveCount(0);
    await page.getByLabel('Token').fill(token);
    await page.getByRole('button', { name: 'Open' }).click();
    await expect(page.getByText('live', { exact: true })).toBeVisible();
    expect(page.url()).not.toContain(token);
  });

  test('says that the server is gone, keeps what it showed, and comes back by itself', async ({
    page,
  }) => {
    await open(page);
    await expect(page.locator('[data-pod]').first()).toBeVisible();
    await world.stopServer();
    await expect(page.locator('.note.lost')).toHaveText('connection lost, trying again …');
    await expect(page.locator('[data-pod]').first()).toBeVisible();
    await world.startServer();
    await expect(page.getByText('live', { exact: true })).toBeVisible({ timeout: 10_000 });
    await expect(page.locator('.note.lost')).toHaveCount(0);
  });

  test('paints in less than a second', async ({ page }) => {
    await open(page);
    const paint = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity,
    );
    process.stdout.write(`first paint after ${Math.round(paint)} ms\n`);
    expect(paint).toBeLessThan(1000);
  });

  test('has a key for everything, and another language', async ({ page }) => {
    await open(page);
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keys' });
    await expect(help.locator('kbd')).toHaveText(['p', 's', 'r', 'a', 'g', 't', 'l', '?', 'Esc']);
    await page.keyboard.press('Escape');
    await expect(help).toBeHidden();
    await page.keyboard.press('t');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.keyboard.press('g');
    await expect(page.getByRole('button', { name: 'Graphs: 5 min' })).toBeVisible();
    await page.keyboard.press('l');
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh');
    await expect(page.getByRole('heading', { name: '每秒请求数' })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('heading', { name: '每秒请求数' })).toBeVisible();
  });
});

const LONG = { until: 'time', seconds: 60, everySeconds: 0.5 } as const;
