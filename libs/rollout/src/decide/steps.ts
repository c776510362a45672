import type { Step } from '../plan/plan.ts';
import type { RolloutRecord } from '../record/record.ts';
import type { Turn } from './turn.ts';

/** The step that runs. */
export function stepAt(record: RolloutRecord): Step | undefined {
  return record.plan.steps[record.step];
}

/** Begins a step, or the next one after it that is not passed over; after the last it is promoted. */
export function enterStep(
  turn: Turn,
  index: number,
  why: string,
  figures: Readonly<Record<string, number>> = turn.figures(),
): void {
  const { plan, expedited, stepStartedAt, observation, stoppedMs = 0 } = turn.record;
  const { steps } = plan;
  let to = index;
  while (expedited && isPassedOver(steps, to)) to++;
  const step = steps[to];
  if (!step) {
    turn.patch({ step: steps.length - 1 });
    turn.end('promoted', why);
    // The last change of the platform is how it ended, and not why.
    turn.patch({ reason: turn.record.passedFor ?? why });
    return;
  }
  turn.patch({
    step: to,
    stepStartedAt: [
      ...stepStartedAt.slice(0, to),
      ...passed(to, stepStartedAt, turn.now),
      turn.now,
    ],
    stepStoppedMs: stoppedMs,
    deadlineAt: deadlineOf(step, turn.now),
    observation: {
      ...observation,
      dueAt: turn.now,
      at: undefined,
      opinion: undefined,
      failure: undefined,
      requests: {},
      // One under way was begun in the step before.
      since: (turn.looking ?? observation.number) + 1,
    },
  });
  turn.note(`step ${to + 1} of ${steps.length}: ${describe(step)}`, why, figures);
}

/** Whether promote in full passes over this step: all waiting, and all splits but the last. */
export function isPassedOver(steps: readonly Step[], index: number): boolean {
  const kind = steps[index]?.kind;
  const isLastScale = !steps.slice(index + 1).some((step) => step.kind === 'scale');
  return kind === 'observe' || kind === 'confirm' || (kind === 'scale' && !isLastScale);
}

/** Steps that were passed over began and ended now. */
function passed(to: number, started: readonly number[], now: number): number[] {
  return Array.from({ length: Math.max(0, to - started.length) }, () => now);
}

function deadlineOf(step: Step, now: number): number | undefined {
  if (step.kind === 'scale') return now + step.deadlineMs;
  if (step.kind === 'observe' && step.until === 'verdict') return now + step.limitMs;
  return undefined;
}

function describe(step: Step): string {
  switch (step.kind) {
    case 'scale':
      return `scale to ${step.stable} stable and ${step.canary} canary`;
    case 'observe': {
      const what = step.bake ? 'observe at full size' : 'observe';
      return step.until === 'time' ? `${what} for ${step.ms / 1000} s` : `${what} until a verdict`;
    }
    case 'confirm':
      return 'wait for a person';
    case 'retire':
      return 'remove the stable workload';
  }
}
