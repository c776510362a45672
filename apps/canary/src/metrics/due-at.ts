import { stepBeganAt, type RolloutRecord } from '@canary/rollout';

/** A person who is asked to confirm has so long before the rollout counts as stuck. */
const CONFIRM_MS = 3_600_000;

/**
 * When the step, or the way back, should be over at the latest, in milliseconds since the Unix
 * epoch; undefined once the rollout has ended.
 */
export function dueAt(record: RolloutRecord): number | undefined {
  const { plan, outcome, direction, deadlineAt } = record;
  if (outcome !== undefined) return undefined;
  const startedStep = stepBeganAt(record);
  const step = plan.steps[record.step];
  if (direction === 'back' || step === undefined)
    return deadlineAt ?? startedStep + plan.limits.readyMs;
  switch (step.kind) {
    case 'scale':
      return deadlineAt ?? startedStep + step.deadlineMs;
    case 'observe':
      return startedStep + (step.until === 'time' ? step.ms : step.limitMs);
    case 'confirm':
      return startedStep + CONFIRM_MS;
    case 'retire':
      return deadlineAt ?? startedStep + plan.limits.readyMs;
  }
}
