import type { JudgeForOptions } from '../observe/judge-for.ts';
import type { Clock } from '../ports/clock.ts';
import type { Observer } from '../ports/observer.ts';
import { stableTraffic, type StableTraffic } from './stable-traffic.ts';

/** From look to look. */
const APART_MS = 3000;
/** A Prometheus that scrapes every 15 s has new samples within so many looks. */
const MOST_LOOKS = 8;

/**
 * Looks twice, some seconds apart, at what a release answers now; more often where the samples are still
 * those of the first look.
 *
 * @returns undefined where they never changed, or the signal aborted
 * @throws an `Error` where the source cannot be asked
 */
export async function watchTraffic(
  { observer, clock }: { readonly observer: Observer; readonly clock: Clock },
  stable: string,
  options: JudgeForOptions,
  signal: AbortSignal,
): Promise<StableTraffic | undefined> {
  const first = await observer.look(signal);
  for (let looks = 1; looks < MOST_LOOKS; looks++) {
    await clock.sleep(APART_MS, signal);
    if (signal.aborted) return undefined;
    const traffic = stableTraffic(first, await observer.look(signal), stable, options);
    if (traffic) return traffic;
  }
  return undefined;
}
