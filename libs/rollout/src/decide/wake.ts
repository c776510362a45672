import { stepAt } from './steps.ts';
import type { Rollout } from './turn.ts';

/** When time alone will next change something, in milliseconds since the Unix epoch. */
export function wakeAt({ record }: Rollout, now: number): number | undefined {
  if (record.outcome !== undefined) return undefined;
  const { plan, stable, canary, observation } = record;
  const { graceMs, readyMs } = plan.limits;
  const step = stepAt(record);
  const startedAt = record.stepStartedAt[record.step] ?? record.startedAt;
  const times = [
    stable.retry?.at,
    canary.retry?.at,
    record.deadlineAt,
    canary.problem && canary.problem.since + graceMs,
    canary.unreadySince !== undefined ? canary.unreadySince + readyMs : undefined,
    ...(step?.kind === 'observe'
      ? [observation.dueAt, startedAt + (step.until === 'time' ? step.ms : step.soakMs)]
      : []),
  ];
  // What was due before has been decided, or waits for something else than time.
  const ahead = times.filter((at) => at !== undefined).filter((at) => at > now);
  return ahead.length === 0 ? undefined : Math.min(...ahead);
}
