import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expectedFigures, type Figures, requireChromium, shown } from '@canary/scenario';
import { expect, test } from '@playwright/test';
import { canary } from './canary.ts';

/** What `canary status -o json` tells, as far as it is looked at here. */
interface Status {
  readonly rollout?: Figures;
  readonly workloads: readonly { readonly readyReplicas: number }[];
}

requireChromium();

test.describe('canary dashboard and canary report', () => {
  let folder: string;
  let started: ReturnType<typeof canary>[];
  test.beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'canary-page-'));
    started = [];
  });
  test.afterEach(async () => {
    for (const { child } of started) child.kill('SIGTERM');
    await Promise.all(started.map(({ finished }) => finished));
    await rm(folder, { recursive: true, force: true });
  });
  const begin = (...args: string[]) => {
    const state = join(folder, '.canary');
    const command = canary([...args, '--state', state], { CANARY_ON: 'local' });
    started.push(command);
    return command;
  };
  const status = async (): Promise<Status> => {
    const { out } = await begin('status', '-o', 'json').finished;
    return out === '' ? { workloads: [] } : (JSON.parse(out) as Status);
  };
  const isUp = async (replicas: number) => {
    const ready = async () => (await status()).workloads[0]?.readyReplicas;
    await expect.poll(ready, { message: 'canary up', timeout: 30_000 }).toBe(replicas);
  };

  test('the page has the figures of canary status -o json; the report opens without a network', async ({
    page,
    context,
  }) => {
    begin('up', '--replicas', '2', '--rps', '80');
    await isUp(2);
    const dashboard = begin('dashboard', '--port', '0');
    await expect.poll(() => dashboard.written(), { timeout: 10_000 }).toContain('#token=');
    await page.goto(dashboard.written().trim());
    const options = ['--observe', '3s', '--bake', '2s', '--look', '1m', '--confirm'];
    const start = begin('start', '--to', '2.0.0', ...options);
    // One look while it waits for a person, and none for a minute: both then tell of the same one.
    await expect(page.locator('.stages')).toContainText('a person: promote or abort', {
      timeout: 30_000,
    });
    await expect(page.locator('[data-figure="observed"]')).toContainText('%');
    const { observation, target, replicas, observed, interval } = await shown(page);
    const figures = (await status()).rollout!;
    expect({ observation, target, replicas, observed, interval }).toEqual(expectedFigures(figures));
    expect(figures.observation.number).toBeGreaterThan(0);

    await page.keyboard.press('p');
    await page.getByLabel('Reason').fill('looks good');
    await page.keyboard.press('Enter');
    expect((await start.finished).code).toBe(0);
    await expect(page.locator('[data-figure="state"]')).toHaveText('promoted');

    const file = join(folder, 'report.html');
    expect(await begin('report', file).finished).toMatchObject({ code: 0, err: '' });
    dashboard.child.kill('SIGTERM');
    expect((await dashboard.finished).code).toBe(0);
    const fetched: string[] = [];
    await context.setOffline(true);
    const report = await context.newPage();
    report.on('request', (request) => fetched.push(request.url()));
    await report.goto(pathToFileURL(file).href);
    await expect(report.locator('[data-figure="state"]')).toHaveText('promoted');
    await expect(report.locator('.events')).toContainText('looks good');
    await expect(report.locator('.traffic canvas')).toBeVisible();
    expect(fetched).toEqual([pathToFileURL(file).href]);

    const json = await begin('report', '-o', 'json').finished;
    expect(JSON.parse(json.out)).toMatchObject({ status: { rollout: { outcome: 'promoted' } } });
  });

  test('refuses a port that is taken, and one that is none', async () => {
    begin('up', '--replicas', '1');
    await isUp(1);
    expect(await begin('dashboard', '--port', '99999').finished).toMatchObject({ code: 2 });
    const first = begin('dashboard', '--port', '0');
    await expect.poll(() => first.written(), { timeout: 10_000 }).toContain('#token=');
    const { port } = new URL(first.written().trim());
    const second = await begin('dashboard', '--port', port).finished;
    expect(second).toMatchObject({ code: 1 });
    expect(second.err).toContain(`cannot listen on 127.0.0.1:${port}`);
    expect(second.err).toContain('give another --port');
  });
});
