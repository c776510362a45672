import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expectedFigures, requireChromium, shown, type Figures } from '@canary/scenario';
import { expect, test } from '@playwright/test';
import { canary } from './canary.ts';
import { keepEvidence } from './evidence.ts';
import { placeUnderLoad } from './place.ts';
import { requireKind } from './require-kind.ts';

const SPACE = 'canary-page';

requireKind();
requireChromium();
keepEvidence(SPACE);

const run = (...args: readonly string[]) => canary(SPACE, args);

placeUnderLoad({ space: SPACE, deploy: [['v1', '--replicas', '2']], rps: 50 });

test('the page of a release on the cluster has the figures of canary status, and aborts it', async ({
  page,
}) => {
  const dashboard = run('dashboard', '--port', '0');
  try {
    // Its first line is the address.
    const [address] = (await once(createInterface(dashboard.stdout), 'line')) as [string];
    await page.goto(address);
    const options = ['--observe', '3s', '--look', '1m', '--confirm'];
    const release = run('start', '--to', '2.0.0', ...options);
    // One look while it waits for a person, and none for a minute: both then tell of the same one.
    await expect(page.locator('.stages')).toContainText('a person: promote or abort', {
      timeout: 60_000,
    });
    await expect(page.locator('[data-figure="observed"]')).toContainText('%');
    const { stdout } = await run('status', '-o', 'json');
    const { rollout } = JSON.parse(stdout) as { readonly rollout: Figures };
    const { observation, target, replicas, observed, interval, pods } = await shown(page);
    expect({ observation, target, replicas, observed, interval }).toEqual(expectedFigures(rollout));
    expect(pods).toHaveLength(3);

    await page.getByRole('button', { name: 'Abort' }).click();
    await page.getByLabel('Reason').fill('seen on the page');
    await page.keyboard.press('Enter');
    const ended = await release;
    expect(ended.stdout).toMatch(/aborted by .* on the page: seen on the page/);
    expect(ended.exitCode, ended.stderr).toBe(3);
    await expect(page.locator('[data-figure="state"]')).toHaveText('aborted');
  } finally {
    dashboard.kill('SIGTERM');
    await dashboard;
  }
});
