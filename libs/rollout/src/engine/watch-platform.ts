import { backoff } from '../decide/backoff.ts';
import type { RolloutEvent } from '../decide/events.ts';
import type { Clock } from '../ports/clock.ts';
import type { Platform, Selector } from '../ports/platform.ts';
import { messageOf } from './errors.ts';

/** What is watched, and who is told. */
export interface WatchOptions {
  readonly platform: Platform;
  readonly clock: Clock;
  readonly selector: Selector;
  readonly signal: AbortSignal;
  readonly report: (event: RolloutEvent) => void;
}

/** Reports every change of the workloads until `signal` aborts; a watch that breaks is begun anew. */
export async function watchPlatform(options: WatchOptions): Promise<void> {
  const { platform, clock, selector, signal, report } = options;
  let failures = 0;
  while (!signal.aborted) {
    let error = 'the platform ended the watch';
    try {
      for await (const workloads of platform.watch(selector, signal)) {
        failures = 0;
        report({ kind: 'workloads', at: clock.now(), workloads });
      }
    } catch (thrown) {
      error = messageOf(thrown);
    }
    failures++;
    if (failures > 1) report({ kind: 'unreachable', at: clock.now(), error });
    await clock.sleep(failures === 1 ? 0 : backoff(failures - 1), signal);
  }
}
