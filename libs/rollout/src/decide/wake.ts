import type { Side } from '../record/record.ts';
import { stepBeganAt } from '../record/stopped.ts';
import { stepAt } from './steps.ts';
import { EFFECT_MS } from './take-in.ts';
import type { Rollout } from './turn.ts';

/** When time alone will next change something, in milliseconds since the Unix epoch. */
export function wakeAt({ record }: Rollout, now: number): number | undefined {
  if (record.outcome !== undefined) return undefined;
  const { plan, stable, canary, observation } = record;
  const { graceMs, readyMs } = plan.limits;
  const step = stepAt(record);
  const beganAt = stepBeganAt(record);
  const times = [
    stable.retry?.at,
    canary.retry?.at,
    effectAt(stable),
    effectAt(canary),
    record.deadlineAt,
    canary.problem && canary.problem.since + graceMs,
    canary.unreadySince !== undefined ? canary.unreadySince + readyMs : undefined,
    observation.dueAt,
    ...(step?.kind === 'observe'
      ? [beganAt + (step.until === 'time' ? step.ms : step.soakMs)]
      : []),
  ];
  // What was due before has been decided, or waits for something else than time.
  const ahead = times.filter((at) => at !== undefined).filter((at) => at > now);
  return ahead.length === 0 ? undefined : Math.min(...ahead);
}

function effectAt({ ask }: Side): number | undefined {
  return ask?.status === 'called' ? ask.at + EFFECT_MS : undefined;
}
