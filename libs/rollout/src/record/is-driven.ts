import type { RolloutRecord } from './record.ts';

/**
 * Whether somebody gave a sign of driving a rollout lately: nobody else takes it over.
 *
 * @param now milliseconds since the Unix epoch
 */
export function isDriven({ driver }: Pick<RolloutRecord, 'driver'>, now: number): boolean {
  return driver !== undefined && now - driver.heartbeatAt < driver.leaseMs;
}
