import {
  newRollout,
  planRelease,
  type PlatformObject,
  type RolloutRecord,
  type Workload,
} from '@canary/rollout';
import { readyPod, workloadOf } from '@canary/testing';

/** When everything in these tests happens: 2026-01-02T03:04:05Z. */
export const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

function deployment(version: string, replicas: number): PlatformObject {
  const labels = { appname: 'myapp', release: version };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `myapp-v${version}`, namespace: 'canary', labels },
    spec: { replicas, template: { metadata: { labels } } },
  };
}

/** A workload whose pods are all ready. */
export function workload(version: string, replicas: number): Workload {
  const object = deployment(version, replicas);
  const pods = Array.from({ length: replicas }, (_, index) =>
    readyPod(`${object.metadata.name}-${index}`),
  );
  return workloadOf(object, pods);
}

/** A rollout of 4 replicas of 1.0.0 to 2.0.0 that is observed, after two looks. */
export function observedRecord(change: Partial<RolloutRecord> = {}): RolloutRecord {
  const { plan } = planRelease({
    stableReplicas: 4,
    canaryReplicas: [1],
    observe: { until: 'time', seconds: 30 },
    confirm: true,
  });
  const record = newRollout({
    id: 'myapp-v2.0.0',
    app: 'myapp',
    selector: { namespace: 'canary', labels: { appname: 'myapp' } },
    plan,
    workloads: [workload('1.0.0', 4)],
    stable: 'myapp-v1.0.0',
    canary: deployment('2.0.0', 1),
    now: NOW - 30_000,
  });
  const opinion = {
    verdict: 'undecided' as const,
    reason: '2.0.0 has 19.2 % of the requests',
    evidence: { 'observed share': 0.192 },
    requests: { '1.0.0': 400, '2.0.0': 100 },
  };
  return {
    ...record,
    stage: 0,
    atGate: true,
    stageStartedAt: [NOW - 20_000],
    phaseStartedAt: NOW - 18_000,
    reason: '4 + 1 replicas are ready',
    driver: { holder: 'ana@laptop:4711', heartbeatAt: NOW - 1000, leaseMs: 15_000 },
    observation: {
      ...record.observation,
      number: 2,
      at: NOW - 500,
      opinion,
      requests: { '1.0.0': 883, '2.0.0': 210 },
    },
    judged: { at: NOW - 500, opinion },
    series: {
      at: [NOW - 5500, NOW - 500],
      requests: { '1.0.0': [483, 400], '2.0.0': [110, 100] },
      figures: { 'observed share': [0.186, 0.192] },
    },
    history: [
      {
        at: NOW - 20_000,
        what: 'stage 1 of 4: scale to 4 stable and 1 canary',
        why: 'started',
        figures: {},
      },
      { at: NOW - 18_000, what: 'stage 1 of 4: observe for 30 s', why: 'ready', figures: {} },
    ],
    ...change,
  };
}

type Opinion = NonNullable<RolloutRecord['observation']['opinion']>;
type Judgement = NonNullable<Opinion['judgement']>;
type Evidence = Judgement['metrics'][number];

/** What the judge said of 2.0.0: 3 of 1,204 requests failed, and the evidence is a while off. */
export function undecided(change: Partial<Judgement> = {}): Opinion {
  const errors: Evidence = {
    metric: 'errors',
    ...{ canary: { events: 3, of: 1204 }, stable: { events: 50, of: 4816 } },
    ...{ slowerThan: undefined, value: 3 / 1204, threshold: 0.0161 },
    ...{ logE: -1, logSafe: Math.log(3.1) },
    safeCounts: { x1: 3, n1: 1204, x0: 50, n0: 4816 },
  };
  const latency: Evidence = {
    ...{ ...errors, metric: 'latency', slowerThan: 0.25, value: 0.02, threshold: 0.0725 },
    ...{ canary: { events: 24, of: 1204 }, stable: { events: 240, of: 4816 } },
    ...{ logSafe: undefined, safeCounts: undefined },
  };
  const restarts: Evidence = {
    ...{ ...latency, metric: 'restarts', slowerThan: undefined, value: 0, threshold: 0 },
    ...{ canary: { events: 0, of: 60 }, stable: { events: 0, of: 240 } },
  };
  return {
    verdict: 'undecided',
    reason: 'undecided after 18 s: 3 of 1,204 requests to 2.0.0 failed, 50 of 4,816 to 1.0.0',
    evidence: { E: 0.4, 'E needed': 100, safety: 3.1, 'safety needed': 20 },
    requests: { '1.0.0': 400, '2.0.0': 100 },
    notes: ['scrapes and probes are no traffic, and were left out: /healthy'],
    judgement: {
      ...{ verdict: 'undecided', ground: 'none', at: NOW, afterSeconds: 18 },
      releases: { canary: '2.0.0', stable: '1.0.0' },
      requests: { canary: 100, stable: 400 },
      ...{ blocker: undefined, couldPromote: true, promoteInSeconds: 240 },
      notJudged: [],
      ...{ hanging: undefined, bothFailing: undefined, brokenObjectives: [] },
      ...{ most: errors, metrics: [errors, latency, restarts] },
      ...{ logE: -1, needed: 100, logSafe: Math.log(3.1), neededSafe: 20 },
      ...{ curve: [], sources: {} },
      ...change,
    },
  };
}

/** {@link observedRecord}, observed until a verdict, and {@link undecided} so far. */
export function weighedRecord(
  change: Partial<RolloutRecord> = {},
  judgement: Partial<Judgement> = {},
): RolloutRecord {
  const { plan } = planRelease({
    stableReplicas: 4,
    canaryReplicas: [1],
    observe: { until: 'verdict', soakSeconds: 60 },
    confirm: true,
  });
  const opinion = undecided(judgement);
  const record = observedRecord();
  const observation = { ...record.observation, opinion };
  return { ...record, plan, observation, judged: { at: NOW, opinion }, ...change };
}
