import { mkdir } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { bundle, canary } from './canary.ts';
import { processesWith } from './processes.ts';

const QUICK = ['--speed', '8', '--replicas', '2', '--rps', '100'];

/** What `canary demo -o json` tells, as far as it is looked at here. */
interface Summary {
  readonly outcome: string;
  readonly lost: number;
  readonly traffic: { readonly sent: number; readonly answered: number; readonly failed: number };
  readonly split: {
    readonly replicaShare: number;
    readonly observed: { readonly low: number; readonly high: number };
  };
}

const demo = (...args: string[]) => canary(['demo', ...QUICK, ...args]);

test.describe('canary demo', () => {
  test('promotes a good canary, loses no request, leaves no process', async () => {
    const { out, err, code } = await demo('-o', 'json').finished;
    expect({ err, code }).toEqual({ err: '', code: 0 });
    const { outcome, lost, traffic, split } = JSON.parse(out) as Summary;
    expect({ outcome, lost, failed: traffic.failed }).toEqual({
      outcome: 'promoted',
      lost: 0,
      failed: 0,
    });
    expect(traffic.answered).toBe(traffic.sent);
    expect(split.replicaShare).toBeCloseTo(1 / 3);
    expect(split.observed.low).toBeLessThan(split.observed.high);
    expect(processesWith(bundle)).toEqual([]);
  });

  test('takes a bad canary back, says why, and exits with 3', async () => {
    const { out, code } = await demo('--bad').finished;
    expect(out).toMatch(
      /rolled back: [\d,]+ of [\d,]+ requests to 2\.0\.0 failed, 0 of [\d,]+ to 1\.0\.0/,
    );
    expect(out).toContain(' 0 lost');
    expect(code).toBe(3);
  });

  test('ends everything when it is interrupted', async () => {
    const { child, finished } = demo();
    await expect
      .poll(() => processesWith(bundle).length, { message: 'replicas', timeout: 20_000 })
      .toBeGreaterThanOrEqual(2);
    child.kill('SIGINT');
    const { err, code } = await finished;
    expect(err).toContain('interrupted; everything that was started is ended');
    expect(code).toBe(1);
    expect(processesWith(bundle)).toEqual([]);
  });

  // eslint-disable-next-line no-empty-pattern -- Playwright wants its fixtures destructured
  test('leaves no process even when it is killed', async ({}, { outputDir }) => {
    // What is killed cannot tidy up: its folder goes with the test's own.
    await mkdir(outputDir, { recursive: true });
    const { child, finished } = canary(['demo', ...QUICK], { TMPDIR: outputDir });
    await expect
      .poll(() => processesWith(bundle).length, { message: 'replicas', timeout: 20_000 })
      .toBeGreaterThanOrEqual(2);
    child.kill('SIGKILL');
    await finished;
    await expect
      .poll(() => processesWith(bundle), { message: 'left processes', timeout: 5_000 })
      .toEqual([]);
  });

  test('refuses settings that cannot be, with the remedy', async () => {
    const { err, code } = await demo('--replicas', '0', '--prometheus', '/nowhere').finished;
    expect(err).toBe('canary: --replicas 0 is not allowed: use 1 to 20\n');
    expect(code).toBe(2);
  });
});
