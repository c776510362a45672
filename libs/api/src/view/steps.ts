import type { Plan, RolloutRecord, Split, Step } from '@canary/rollout';
import { durationText } from './duration-text.ts';

/** One step of a plan, and how far it is. Times are milliseconds since the Unix epoch. */
export interface StepView {
  readonly step: Step;
  /** In a few words, such as `observe 30 s`. */
  readonly what: string;
  /** Replicas of both sides while and after it runs. */
  readonly split: Split;
  /** `left`: it turned back before it. */
  readonly state: 'done' | 'under way' | 'to come' | 'turned back' | 'left';
  readonly startedAt: number | undefined;
}

/** Every step of the rollout's plan. */
export function stepsOf(record: RolloutRecord): readonly StepView[] {
  const { plan, stepStartedAt, step: current } = record;
  return plan.steps.map((step, index) => ({
    step,
    what: whatOf(step),
    split: splitAt(plan, index),
    state: stateOf(record, index),
    startedAt: index <= current ? stepStartedAt[index] : undefined,
  }));
}

/** A step in a few words. */
export function whatOf(step: Step): string {
  switch (step.kind) {
    case 'scale':
      return 'scale';
    case 'observe': {
      const what = step.bake ? 'observe at full size' : 'observe';
      return step.until === 'time' ? `${what} ${durationText(step.ms)}` : `${what} until a verdict`;
    }
    case 'confirm':
      return 'wait for a person';
    case 'retire':
      return 'remove the stable Deployment';
  }
}

/** What was asked for the canary with the newest split, from 0 to 1: the share wished for, or what the split is. */
export function targetShareOf({ plan, step }: RolloutRecord): number {
  if (plan.steps[step]?.kind === 'retire') return 1;
  const split = plan.steps.slice(0, step + 1).findLast((each) => each.kind === 'scale');
  if (!split) return 0;
  if (split.percent !== undefined) return split.percent / 100;
  return split.canary / (split.stable + split.canary);
}

function splitAt({ steps, stableReplicas }: Plan, index: number): Split {
  const scale = steps.slice(0, index + 1).findLast((each) => each.kind === 'scale');
  const { stable, canary } = scale ?? { stable: stableReplicas, canary: 0 };
  return steps[index]?.kind === 'retire' ? { stable: 0, canary } : { stable, canary };
}

function stateOf({ step, outcome, direction }: RolloutRecord, index: number): StepView['state'] {
  if (outcome === 'promoted' || index < step) return 'done';
  if (direction === 'back') return index === step ? 'turned back' : 'left';
  return index === step ? 'under way' : 'to come';
}
