import { judgeOptions, type Judgement } from '@canary/judge';
import { observedShare, type Outcome, type RolloutRecord, type Workload } from '@canary/rollout';
import type { Judging } from '../release/judging.ts';
import { targetShareOf } from '@canary/api/view';
import type { RolloutMetric } from './definitions.ts';
import { dueAt } from './due-at.ts';

/** Labels beside `appname`, and a value. */
export type Value = readonly [labels: Readonly<Record<string, string>>, value: number];

const OUTCOMES: readonly (Outcome | 'none')[] = [
  'none',
  'promoted',
  'rolled back',
  'held',
  'timed out',
  'aborted',
];

/** What a saved record says of its rollout; what it does not know yet has no value. */
export function samplesOf(
  record: RolloutRecord,
  workloads: readonly Workload[],
): Readonly<Partial<Record<RolloutMetric, readonly Value[]>>> {
  const { id, plan, outcome = 'none', stable, canary } = record;
  const ready = (name: string) =>
    workloads.find(({ ref }) => ref.name === name)?.readyReplicas ?? 0;
  const replicas = { stable: ready(stable.ref.name), canary: ready(canary.ref.name) };
  const due = dueAt(record);
  return {
    info: [[{ rollout: id, from: stable.release, to: canary.release }, 1]],
    release: [
      [{ release: stable.release, role: 'stable' }, 1],
      [{ release: canary.release, role: 'canary' }, 1],
    ],
    outcome: OUTCOMES.map((each) => [{ rollout: id, outcome: each }, each === outcome ? 1 : 0]),
    stage: one(record.stage + 1),
    stages: one(plan.stages.length),
    stageStarted: record.stageStartedAt.map((at, index) => [
      { stage: String(index + 1), what: plan.stages[index]?.gate.kind ?? '' },
      at / 1000,
    ]),
    due: due === undefined ? [] : one(due / 1000),
    paused: one(record.paused ? 1 : 0),
    frozen: one(record.frozen ? 1 : 0),
    targetShare:
      outcome === 'none' && record.direction === 'forward' ? one(targetShareOf(record)) : [],
    replicaShare:
      replicas.stable + replicas.canary > 0
        ? one(replicas.canary / (replicas.stable + replicas.canary))
        : [],
    ...observed(record),
    ...judged(record),
    looks: one(record.observation.number),
  };
}

function one(value: number): Value[] {
  return [[{}, value]];
}

function observed({ observation, canary }: RolloutRecord) {
  const seen = observedShare(observation.requests, canary.release);
  if (!seen) return {};
  const bounds: Value[] = [
    [{ bound: 'low' }, seen.low],
    [{ bound: 'high' }, seen.high],
  ];
  return { observedShare: one(seen.share), observedBound: bounds };
}

function judged({ id, judging, observation }: RolloutRecord) {
  const { metrics = [], judge = {} } = (judging ?? {}) as Partial<Judging>;
  if (metrics.length === 0) return {};
  const alpha: Value[] = [[{ rollout: id }, judgeOptions(judge).alpha]];
  const judgement = observation.opinion?.judgement;
  return judgement ? { alpha, ...evidenceOf(judgement) } : { alpha };
}

function evidenceOf({ logE, needed, logSafe, neededSafe, metrics }: Judgement) {
  return {
    evidence: one(Math.exp(logE)),
    evidenceNeeded: one(needed),
    metricEvidence: metrics.map((each): Value => [{ metric: each.metric }, Math.exp(each.logE)]),
    // E of all is the mean of theirs.
    metricEvidenceNeeded: metrics.map(({ metric }): Value => [{ metric }, needed * metrics.length]),
    safety: one(Math.exp(logSafe)),
    safetyNeeded: one(neededSafe),
  };
}
