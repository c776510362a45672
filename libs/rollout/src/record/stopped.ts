import type { RolloutRecord } from './record.ts';

type Stops = Pick<RolloutRecord, 'paused' | 'frozen'>;

/**
 * Since when the clocks of a rollout stand still, in milliseconds since the Unix epoch; undefined
 * while they go on.
 */
export function standsSince({ paused, frozen }: Stops): number | undefined {
  if (!paused && !frozen) return undefined;
  return Math.min(paused?.at ?? Infinity, frozen?.at ?? Infinity);
}

/**
 * When the step began that runs, later by the time for which the rollout was stopped since: what its
 * soak, its time and its limit count from.
 *
 * @param now milliseconds since the Unix epoch; without it a stop that lasts is not taken off
 */
export function stepBeganAt(record: RolloutRecord, now?: number): number {
  const { stepStartedAt, step, startedAt, stoppedMs = 0, stepStoppedMs = 0 } = record;
  const since = standsSince(record);
  const open = now === undefined || since === undefined ? 0 : Math.max(0, now - since);
  return (stepStartedAt[step] ?? startedAt) + stoppedMs - stepStoppedMs + open;
}
