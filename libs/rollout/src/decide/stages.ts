import { isRemoval, isSameState, type Gate, type Stage } from '../plan/plan.ts';
import type { RolloutRecord } from '../record/record.ts';
import type { Turn } from './turn.ts';

/** The stage that it is in. */
export function stageAt(record: RolloutRecord): Stage | undefined {
  return record.plan.stages[record.stage];
}

/** The gate that is waited for; undefined while the desired state is not there yet. */
export function gateAt(record: RolloutRecord): Gate | undefined {
  return record.atGate ? stageAt(record)?.gate : undefined;
}

/** Begins a stage, or the next one after it that is not passed over; after the last it is promoted. */
export function enterStage(
  turn: Turn,
  index: number,
  why: string,
  figures: Readonly<Record<string, number>> = turn.figures(),
): void {
  const { plan, expedited, stageStartedAt } = turn.record;
  const { stages } = plan;
  let to = index;
  while (expedited && isPassedOver(stages, to)) to++;
  const stage = stages[to];
  if (!stage) {
    turn.patch({ stage: stages.length - 1, atGate: true });
    turn.end('promoted', why);
    // The last change of the platform is how it ended, and not why.
    turn.patch({ reason: turn.record.passedFor ?? why });
    return;
  }
  turn.patch({
    stage: to,
    stageStartedAt: [
      ...stageStartedAt.slice(0, to),
      ...passed(to, stageStartedAt, turn.now),
      turn.now,
    ],
  });
  const before = stages[to - 1];
  const isThere = before && to === index && isSameState(before.set, stage.set);
  // What is there already need not be reached.
  if (isThere) {
    enterGate(turn, why, figures);
    return;
  }
  beginStage(turn, why, figures);
}

/** Begins to wait for the stage's gate; goes on with the next stage where nothing is waited for. */
export function enterGate(
  turn: Turn,
  why: string,
  figures: Readonly<Record<string, number>> = turn.figures(),
): void {
  const { gate } = stageAt(turn.record)!;
  if (gate.kind === 'ready' || turn.record.expedited) {
    enterStage(turn, turn.record.stage + 1, why, figures);
    return;
  }
  beginPhase(turn, gate.kind === 'verdict' ? turn.now + gate.limitMs : undefined, true);
  turn.note(`${nameOf(turn)}: ${describeGate(gate)}`, why, figures);
}

/** Begins to bring about the desired state of the stage that it is in, at first or once more. */
export function beginStage(
  turn: Turn,
  why: string,
  figures: Readonly<Record<string, number>> = turn.figures(),
): void {
  const stage = stageAt(turn.record);
  if (!stage) return;
  beginPhase(turn, turn.now + stage.deadlineMs, false);
  turn.note(`${nameOf(turn)}: ${describeState(stage)}`, why, figures);
}

/** Whether promote in full passes over this stage: all of them but the last split, and what follows it. */
export function isPassedOver(stages: readonly Stage[], index: number): boolean {
  const stage = stages[index];
  if (!stage || isRemoval(stage)) return false;
  return stages
    .slice(index + 1)
    .some((later) => !isRemoval(later) && !isSameState(later.set, stage.set));
}

function beginPhase(turn: Turn, deadlineAt: number | undefined, atGate: boolean): void {
  const { observation, stoppedMs = 0 } = turn.record;
  turn.patch({
    atGate,
    phaseStartedAt: turn.now,
    phaseStoppedMs: stoppedMs,
    deadlineAt,
    observation: {
      ...observation,
      dueAt: turn.now,
      at: undefined,
      opinion: undefined,
      failure: undefined,
      requests: {},
      // One under way was begun before.
      since: (turn.looking ?? observation.number) + 1,
    },
  });
}

/** Stages that were passed over began and ended now. */
function passed(to: number, started: readonly number[], now: number): number[] {
  return Array.from({ length: Math.max(0, to - started.length) }, () => now);
}

function nameOf({ record }: Turn): string {
  return `stage ${record.stage + 1} of ${record.plan.stages.length}`;
}

function describeState({ set }: Stage): string {
  if (set.removed !== undefined) return `remove the ${set.removed} workload`;
  if (set.template !== undefined) return 'the stable workload takes the template over';
  if (set.stable === undefined) return `scale to ${set.canary} canary`;
  return `scale to ${set.stable} stable and ${set.canary} canary`;
}

function describeGate(gate: Gate): string {
  switch (gate.kind) {
    case 'ready':
      return 'ready';
    case 'time':
      return `${gate.bake ? 'observe at full size' : 'observe'} for ${gate.ms / 1000} s`;
    case 'verdict':
      return `${gate.bake ? 'observe at full size' : 'observe'} until a verdict`;
    case 'person':
      return 'wait for a person';
  }
}
