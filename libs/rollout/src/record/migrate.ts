import { EVERY_MS } from '../plan/plan.ts';
import type { DesiredState, Gate, Stage } from '../plan/plan.ts';
import type { RolloutRecord } from './record.ts';

/** The version of a record's shape that this version of the tool writes. */
export const SCHEMA = 2;

/** A stored record in an earlier shape: plain JSON. */
type Old = Readonly<Record<string, unknown>>;

/** From each earlier shape to the next. */
const MIGRATIONS: Readonly<Record<number, (old: Old) => Old>> = { 1: stagesFromSteps };

/**
 * A record as this version of the tool has it.
 *
 * @returns undefined where it is of a shape that is not known: of a later version, or of none
 */
export function migrated(stored: unknown): RolloutRecord | undefined {
  let record = stored as Old;
  for (let schema = record['schema']; schema !== SCHEMA; schema = record['schema']) {
    const migrate = typeof schema === 'number' ? MIGRATIONS[schema] : undefined;
    if (!migrate) return undefined;
    record = migrate(record);
  }
  return record as unknown as RolloutRecord;
}

/** A step of a plan in shape 1: either a split, or a wait. */
interface OldStep {
  readonly kind: 'scale' | 'observe' | 'confirm' | 'retire';
  readonly stable?: number;
  readonly canary?: number;
  readonly percent?: number;
  readonly deadlineMs?: number;
  readonly until?: 'time' | 'verdict';
  readonly everyMs?: number;
}

/** Where an old step went: its stage, and whether it is that stage's gate. */
interface Place {
  readonly stage: number;
  readonly atGate: boolean;
}

/** Shape 1 had steps, each a split or a wait, and asks on two sides. */
function stagesFromSteps(old: Old): Old {
  const plan = old['plan'] as {
    readonly stableReplicas: number;
    readonly limits: { readonly readyMs: number };
    readonly everyMs?: number;
    readonly steps: readonly OldStep[];
  };
  const { steps, everyMs, ...rest } = plan;
  const { stages, places } = stagesOf(steps, plan.stableReplicas, plan.limits.readyMs);
  const step = old['step'] as number;
  const begun = old['stepStartedAt'] as readonly number[];
  const place = places[step] ?? { stage: -1, atGate: false };
  const { ask, ...counters } = old['counters'] as Readonly<Record<string, number>>;
  return {
    ...old,
    schema: 2,
    plan: {
      ...rest,
      everyMs: everyMs ?? steps.find((one) => one.everyMs !== undefined)?.everyMs ?? EVERY_MS,
      stages,
    },
    stable: resourceOf(old['stable'] as Old),
    canary: resourceOf(old['canary'] as Old),
    ...place,
    stageStartedAt: stages
      .map((_, stage) => begun[places.findIndex((one) => one.stage === stage)])
      .filter((at) => at !== undefined),
    phaseStartedAt: begun[step] ?? old['startedAt'],
    phaseStoppedMs: old['stepStoppedMs'],
    counters: { ...counters, operation: ask },
  };
}

function resourceOf({ ask, ...side }: Old): Old {
  return { ...side, operation: ask };
}

function stagesOf(steps: readonly OldStep[], stable: number, readyMs: number) {
  const stages: Stage[] = [];
  const places: Place[] = [];
  let set: DesiredState = { stable, canary: 0 };
  for (const step of steps) {
    const last = stages.at(-1);
    const gate = gateOf(step);
    if (step.kind === 'scale' || step.kind === 'retire') {
      const { stable = 0, canary = set.canary, percent } = step;
      const isRetired = step.kind === 'retire';
      set = isRetired
        ? { stable: 0, canary: set.canary, removed: 'stable' }
        : { stable, canary, ...(percent === undefined ? {} : { percent }) };
      stages.push({ set, deadlineMs: step.deadlineMs ?? readyMs, gate });
    } else if (last?.gate.kind === 'ready') {
      stages[stages.length - 1] = { ...last, gate };
    } else {
      stages.push({ set, deadlineMs: readyMs, gate });
    }
    places.push({ stage: stages.length - 1, atGate: gate.kind !== 'ready' });
  }
  return { stages, places };
}

function gateOf(step: OldStep): Gate {
  if (step.kind === 'confirm') return { kind: 'person' };
  if (step.kind !== 'observe') return { kind: 'ready' };
  const gate = { ...step, kind: step.until, until: undefined, everyMs: undefined };
  // As from JSON: what is undefined is not there.
  return JSON.parse(JSON.stringify(gate)) as Gate;
}
