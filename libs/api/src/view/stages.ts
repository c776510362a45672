import {
  isRemoval,
  splitOf,
  stageAt,
  type Gate,
  type RolloutRecord,
  type Split,
  type Stage,
} from '@canary/rollout';
import { durationText } from './duration-text.ts';

/** One stage of a plan, and how far it is. Times are milliseconds since the Unix epoch. */
export interface StageView {
  readonly stage: Stage;
  /** In a few words, such as `observe 30 s`. */
  readonly what: string;
  /** Replicas of both sides while and after it lasts. */
  readonly split: Split;
  /** `left`: it turned back before it. */
  readonly state: 'done' | 'under way' | 'to come' | 'turned back' | 'left';
  /** Its desired state was reached, and its gate is waited for; of the one under way only. */
  readonly atGate: boolean;
  readonly startedAt: number | undefined;
}

/** Every stage of the rollout's plan. */
export function stagesOf(record: RolloutRecord): readonly StageView[] {
  const { plan, stageStartedAt, stage: current } = record;
  return plan.stages.map((stage, index) => ({
    stage,
    what: whatOf(stage),
    split: splitIn(record, stage),
    state: stateOf(record, index),
    atGate: index === current && record.atGate,
    startedAt: index <= current ? stageStartedAt[index] : undefined,
  }));
}

/** A stage in a few words: what is waited for in it, or else what it brings about. */
export function whatOf(stage: Stage): string {
  const taking = stage.set.template === undefined ? '' : 'take over, ';
  return stage.gate.kind === 'ready' || isRemoval(stage)
    ? stateText(stage)
    : `${taking}${gateText(stage.gate)}`;
}

/** What a rollout does in the stage that it is in. */
export function doingOf(record: RolloutRecord): string {
  const stage = stageAt(record);
  if (!stage) return 'not begun';
  return record.atGate && record.outcome === undefined ? gateText(stage.gate) : stateText(stage);
}

function stateText({ set }: Stage): string {
  if (set.removed !== undefined) return `remove the ${set.removed} Deployment`;
  return set.template === undefined ? 'scale' : 'take the template over';
}

function gateText(gate: Gate): string {
  switch (gate.kind) {
    case 'ready':
      return 'ready';
    case 'time':
      return `${gate.bake ? 'observe at full size' : 'observe'} ${durationText(gate.ms)}`;
    case 'verdict':
      return `${gate.bake ? 'observe at full size' : 'observe'} until a verdict`;
    case 'person':
      return 'wait for a person';
  }
}

/** What is asked for the new release in this stage, from 0 to 1: the share wished for, or what the split is. */
export function targetShareOf(record: RolloutRecord): number {
  const stage = stageAt(record);
  if (!stage) return 0;
  const { set } = stage;
  if (set.removed !== undefined || set.template !== undefined) return 1;
  if (set.percent !== undefined) return set.percent / 100;
  const { stable, canary } = splitIn(record, stage);
  return canary / (stable + canary);
}

/** A stable workload whose size is not the rollout's to say has the size that it has. */
function splitIn({ plan, stable }: RolloutRecord, { set }: Stage): Split {
  const { known } = stable;
  return set.stable === undefined && known
    ? { stable: known.replicas, canary: set.canary }
    : splitOf(set, plan);
}

function stateOf({ stage, outcome, direction }: RolloutRecord, index: number): StageView['state'] {
  if (outcome === 'promoted' || index < stage) return 'done';
  if (direction === 'back') return index === stage ? 'turned back' : 'left';
  return index === stage ? 'under way' : 'to come';
}
