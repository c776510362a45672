import { setTimeout as sleep } from 'node:timers/promises';
import type { Load, TrafficReport } from '@canary/traffic';
import { lostOf, requestsBetween, type UpEvent } from './up-event.ts';

const TELL_EVERY_MS = 10_000;

/** Tells now and then where the load's requests go, and ends it when the signal aborts. */
export async function watchLoad(
  load: Load,
  tell: (event: UpEvent) => void,
  signal: AbortSignal,
): Promise<TrafficReport> {
  let before: TrafficReport | undefined;
  while (await sleep(TELL_EVERY_MS, true, { signal }).catch(() => false)) {
    const now = load.report();
    const requests = requestsBetween(before, now);
    tell({ kind: 'traffic', at: now.at, requests, failed: now.failed, lost: lostOf(now) });
    before = now;
  }
  load.stop();
  return load.done;
}
