import type { RolloutRecord, Side } from '@canary/rollout';
import { durationText } from '../duration.ts';
import { sentence } from './sentence.ts';

/** What a rollout waits for, in a sentence; undefined where it has ended. */
export function waitsFor(record: RolloutRecord, now: number): string | undefined {
  const { outcome, frozen, paused, direction, stable, canary, driver } = record;
  if (outcome === 'held') return 'a person: canary resume, promote or abort';
  if (outcome !== undefined) return undefined;
  if (frozen) return `canary thaw: frozen by ${frozen.by}, ${frozen.reason}`;
  if (direction === 'back') return `the way back${because(stable)}`;
  if (paused) return `canary resume: paused by ${paused.by}, ${paused.reason}`;
  if (!driver) return 'a driver: canary start --resume';
  const step = record.plan.steps[record.step];
  switch (step?.kind) {
    case undefined:
      return 'its first step';
    case 'scale': {
      const both = `${step.stable} + ${step.canary} replicas to be ready`;
      return `${both}${because(canary) || because(stable)}`;
    }
    case 'observe': {
      const startedAt = record.stepStartedAt[record.step] ?? record.startedAt;
      const until = startedAt + (step.until === 'time' ? step.ms : step.limitMs);
      const left = durationText(Math.max(0, until - now));
      const what =
        step.until === 'time' ? `${left} more of observation` : `a verdict, at most ${left} more`;
      return `${what}${because(canary)}`;
    }
    case 'confirm':
      return 'a person: canary promote, or canary abort';
    case 'retire':
      return `${stable.ref.name} to be gone${because(canary)}`;
  }
}

function because({ problem, retry }: Side): string {
  if (retry) return ` (${sentence(retry.error)})`;
  if (!problem) return '';
  const { pod, reason, message } = problem;
  const why = message === undefined ? reason : `${reason}: ${message}`;
  return ` (${pod === undefined ? '' : `${pod}: `}${sentence(why)})`;
}
