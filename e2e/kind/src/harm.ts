import type { TrafficWatch } from '@canary/scenario';
import type { TrafficReport } from '@canary/traffic';
import { expect } from '@playwright/test';

/** What the client saw of a release that failed, once it sees no more of it. */
export async function harmOf(
  traffic: TrafficWatch,
  version: string,
): Promise<{ readonly failed: number; readonly seconds: number }> {
  const of = (report: TrafficReport | undefined) => report?.versions[`v${version}`];
  const last = () => traffic.reports().at(-1);
  const isOver = () => Date.now() - (of(last())?.failures?.lastAt ?? Infinity) > 3000;
  await expect
    .poll(() => isOver() && last()!.at > (of(last())?.failures?.lastAt ?? 0) + 2000, {
      message: `the last answer of ${version}`,
      timeout: 30_000,
    })
    .toBe(true);
  const { statuses, failures } = of(last())!;
  return {
    failed: statuses['500'] ?? 0,
    seconds: (failures!.lastAt - failures!.firstAt) / 1000,
  };
}
