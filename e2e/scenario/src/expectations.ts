import { binomialTest, shareInterval } from '@canary/judge';
import type { TrafficReport } from '@canary/traffic';
import { expect } from '@playwright/test';
import { countsPerRelease, totalOf, type ReleaseCounts } from './counts.ts';
import { P_LIMIT, SPLIT_REQUESTS, V1, V2, type Pace } from './facts.ts';
import type { ScrapeTarget, TrafficWatch, World } from './world.ts';

/** Waits until there are that many pods with these labels, all ready, and no other. */
export async function expectReady(
  world: World,
  { appname, release }: { readonly appname: string; readonly release?: string },
  replicas: number,
): Promise<void> {
  const ready = async () =>
    (await world.pods(appname))
      .filter((pod) => release === undefined || pod.release === release)
      .map((pod) => pod.ready);
  const message = `${replicas} ready pods of ${appname} ${release ?? ''} and no other`;
  await expect
    .poll(ready, { message, timeout: 90_000, intervals: [500] })
    .toEqual(Array.from({ length: replicas }, () => true));
}

export async function expectTargets(
  world: World,
  appname: string,
  healths: readonly string[],
): Promise<void> {
  await expect
    .poll(
      async () => {
        const targets = await world.targets();
        return targets.filter(isOf(appname)).map(({ health }) => health);
      },
      { message: `Prometheus' targets of ${appname}`, timeout: 60_000, intervals: [1000] },
    )
    .toEqual(healths);
}

export function isOf(appname: string): (target: ScrapeTarget) => boolean {
  return ({ labels }) => labels['appname'] === appname;
}

/** Waits until the newest count of the client is as wanted; the load itself bounds how long that takes. */
export async function expectTraffic(
  traffic: TrafficWatch,
  what: string,
  wanted: (report: TrafficReport) => boolean,
): Promise<void> {
  await expect
    .poll(
      () => {
        const report = traffic.reports().at(-1);
        if (report === undefined) return 'no report yet';
        return wanted(report) ? 'seen' : summary(report);
      },
      { message: `the client to see ${what}`, timeout: 120_000, intervals: [250] },
    )
    .toBe('seen');
}

/** From samples as far apart for every pod, each scraped at a phase of its own. */
export async function expectPrometheusSplit(
  world: World,
  from: number,
  { rps, scrapeSeconds }: Pace,
): Promise<void> {
  const scrapes = Math.ceil(SPLIT_REQUESTS / rps / scrapeSeconds) + 1;
  let counts: ReleaseCounts | undefined;
  await expect
    .poll(
      async () => {
        const seconds = Math.ceil(Date.now() / 1000 - from);
        const series = await world.query(`http_requests_total{appname="myapp"}[${seconds}s]`);
        counts = countsPerRelease(series, scrapes);
        return counts === undefined ? 'not yet' : Object.keys(counts).sort();
      },
      { message: `${scrapes + 1} scrapes of every pod`, timeout: 120_000, intervals: [1000] },
    )
    .toEqual([V1.release, V2.release]);
  expectSplit('Prometheus', counts!, [V1.release, V2.release]);
}

export function expectSplit(
  who: string,
  counts: ReleaseCounts,
  [stable, canary]: readonly [string, string],
): void {
  const [onCanary, total] = [counts[canary]!, counts[stable]! + counts[canary]!];
  const p = binomialTest(onCanary, total, 0.2);
  const { share, low, high } = shareInterval(onCanary, total);
  const percent = (x: number) => `${(100 * x).toFixed(2)} %`;
  say(
    `${who}: ${onCanary} of ${total} requests reached v2: ${percent(share)} [${percent(low)}, ${percent(high)}], p = ${p.toPrecision(3)}`,
  );
  expect(totalOf(counts), 'answers of versions that nobody released').toBe(total);
  expect(total).toBeGreaterThanOrEqual(SPLIT_REQUESTS);
  expect(p, `${who}'s count: ${onCanary} of ${total} against 20 %`).toBeGreaterThan(P_LIMIT);
}

export function summary({
  elapsedSeconds,
  sent,
  failed,
  networkErrors,
  skipped,
  versions,
}: TrafficReport): string {
  const requests = Object.entries(versions).map(
    ([version, counts]) => `${version}: ${counts.requests}`,
  );
  return `${sent} requests in ${elapsedSeconds.toFixed(1)} s; ${requests.join(', ')}; failed ${failed}, lost ${JSON.stringify(networkErrors)}, skipped ${skipped}`;
}

/** Figures belong into the output of a run, passed or failed. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
