import type { Gate, PageView, Standing, StageView, Wait } from '@canary/api/client';
import type { Texts } from './en.ts';

/** A stage in a few words. */
export function stageText({ stage, split }: Pick<StageView, 'stage' | 'split'>, t: Texts): string {
  const { set, gate } = stage;
  if (set.removed !== undefined) return t.stages.removed[set.removed];
  const gateText = gateTextOf(gate, t);
  if (set.template !== undefined) return [t.stages.takeOver, gateText].filter(Boolean).join(', ');
  return gateText ?? t.stages.scale(split.stable, split.canary);
}

/** What a gate waits for; undefined where for nothing more. */
function gateTextOf(gate: Gate, t: Texts): string | undefined {
  switch (gate.kind) {
    case 'ready':
      return undefined;
    case 'time':
      return (gate.bake ? t.stages.bake : t.stages).time(gate.ms);
    case 'verdict':
      return (gate.bake ? t.stages.bake : t.stages).verdict;
    case 'person':
      return t.stages.confirm;
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
    case 'first stage':
    case 'confirm':
    case 'way back':
      return waits[wait.for];
    case 'thaw':
    case 'resume':
      return waits[wait.for](wait.by, wait.reason);
    case 'replicas':
      return waits.replicas(wait.stable, wait.canary);
    case 'template':
      return waits.template(wait.name);
    case 'time':
    case 'verdict':
      return waits[wait.for](Math.max(0, wait.until - now));
    case 'removal':
      return waits.removal(wait.name);
  }
}

/** Where a rollout is: its outcome, the way back, or its stage. */
export function stateText({ status }: PageView, t: Texts): string {
  const { rollout } = status;
  if (!rollout) return t.noRollout;
  if (rollout.outcome !== undefined) return t.outcomes[rollout.outcome];
  if (rollout.turnedBack) return t.goingBack;
  return t.stage(rollout.stage, rollout.stages);
}

/** How each metric stands, and what is not judged, a sentence each. */
export function standingTexts({ metrics, releases, notJudged }: Standing, t: Texts): string[] {
  const { standing } = t.judge;
  return [
    ...metrics.map((one) => standing.metric(one, releases)),
    ...notJudged.map(({ metric, why }) => standing.notJudged(metric, why)),
  ];
}
