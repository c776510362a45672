import { gateAt, phaseBeganAt, stageAt, type RolloutRecord } from '@canary/rollout';

/** A person who is asked to confirm has so long before the rollout counts as stuck. */
const CONFIRM_MS = 3_600_000;

/**
 * When the stage, or the way back, should be over at the latest, in milliseconds since the Unix
 * epoch; undefined once the rollout has ended.
 */
export function dueAt(record: RolloutRecord): number | undefined {
  const { plan, outcome, direction, deadlineAt } = record;
  if (outcome !== undefined) return undefined;
  const beganAt = phaseBeganAt(record);
  const stage = stageAt(record);
  if (direction === 'back' || stage === undefined)
    return deadlineAt ?? beganAt + plan.limits.readyMs;
  const gate = gateAt(record);
  switch (gate?.kind) {
    case 'time':
      return beganAt + gate.ms;
    case 'verdict':
      return beganAt + gate.limitMs;
    case 'person':
      return beganAt + CONFIRM_MS;
    case 'ready':
    case undefined:
      return deadlineAt ?? beganAt + stage.deadlineMs;
  }
}
