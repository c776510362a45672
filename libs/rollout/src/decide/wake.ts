import type { Resource } from '../record/record.ts';
import { phaseBeganAt } from '../record/stopped.ts';
import { EFFECT_MS } from './apply-event.ts';
import { gateAt } from './stages.ts';
import type { Rollout } from './turn.ts';

/** When time alone will next change something, in milliseconds since the Unix epoch. */
export function wakeAt({ record }: Rollout, now: number): number | undefined {
  if (record.outcome !== undefined) return undefined;
  const { plan, stable, canary, observation } = record;
  const { graceMs, readyMs } = plan.limits;
  const gate = gateAt(record);
  const beganAt = phaseBeganAt(record);
  const times = [
    stable.retry?.at,
    canary.retry?.at,
    effectAt(stable),
    effectAt(canary),
    record.deadlineAt,
    canary.problem && canary.problem.since + graceMs,
    canary.unreadySince !== undefined ? canary.unreadySince + readyMs : undefined,
    observation.dueAt,
    ...(gate?.kind === 'time' ? [beganAt + gate.ms] : []),
    ...(gate?.kind === 'verdict' ? [beganAt + gate.soakMs] : []),
  ];
  // What was due before has been decided, or waits for something else than time.
  const ahead = times.filter((at) => at !== undefined).filter((at) => at > now);
  return ahead.length === 0 ? undefined : Math.min(...ahead);
}

function effectAt({ operation }: Resource): number | undefined {
  return operation?.status === 'called' ? operation.at + EFFECT_MS : undefined;
}
