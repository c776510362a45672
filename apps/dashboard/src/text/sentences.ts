import type { PageView, Standing, StepView, Wait } from '@canary/api/client';
import type { Texts } from './en.ts';

/** A step in a few words. */
export function stepText({ step, split }: Pick<StepView, 'step' | 'split'>, t: Texts): string {
  switch (step.kind) {
    case 'scale':
      return t.steps.scale(split.stable, split.canary);
    case 'observe': {
      const texts = step.bake ? t.steps.bake : t.steps;
      return step.until === 'time' ? texts.time(step.ms) : texts.verdict;
    }
    case 'confirm':
      return t.steps.confirm;
    case 'retire':
      return t.steps.retire;
  }
}

/** What is waited for, with what keeps it from coming. */
export function waitText(wait: Wait, t: Texts, now: number): string {
  const why = wait.because === undefined ? '' : ` (${wait.because})`;
  return `${waitKind(wait, t, now)}${why}`;
}

function waitKind(wait: Wait, { waits }: Texts, now: number): string {
  switch (wait.for) {
    case 'held':
    case 'driver':
    case 'first step':
    case 'confirm':
    case 'way back':
      return waits[wait.for];
    case 'thaw':
    case 'resume':
      return waits[wait.for](wait.by, wait.reason);
    case 'replicas':
      return waits.replicas(wait.stable, wait.canary);
    case 'time':
    case 'verdict':
      return waits[wait.for](Math.max(0, wait.until - now));
    case 'removal':
      return waits.removal(wait.name);
  }
}

/** Where a rollout is: its outcome, the way back, or its step. */
export function stateText({ status }: PageView, t: Texts): string {
  const { rollout } = status;
  if (!rollout) return t.noRollout;
  if (rollout.outcome !== undefined) return t.outcomes[rollout.outcome];
  if (rollout.turnedBack) return t.goingBack;
  return t.step(rollout.step, rollout.steps);
}

/** How each metric stands, and what is not judged, a sentence each. */
export function standingTexts({ metrics, releases, notJudged }: Standing, t: Texts): string[] {
  const { standing } = t.judge;
  return [
    ...metrics.map((one) => standing.metric(one, releases)),
    ...notJudged.map(({ metric, why }) => standing.notJudged(metric, why)),
  ];
}
