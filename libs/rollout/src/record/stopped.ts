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
 * When the stage that it is in began, or its gate was reached, later by the time for which the rollout was stopped since: what its
 * soak, its time and its limit count from.
 *
 * @param now milliseconds since the Unix epoch; without it a stop that lasts is not taken off
 */
export function phaseBeganAt(record: RolloutRecord, now?: number): number {
  const { phaseStartedAt, stoppedMs = 0, phaseStoppedMs = 0 } = record;
  const since = standsSince(record);
  const open = now === undefined || since === undefined ? 0 : Math.max(0, now - since);
  return phaseStartedAt + stoppedMs - phaseStoppedMs + open;
}
