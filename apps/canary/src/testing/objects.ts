import { parseParameters, renderObjects } from '@canary/manifests';
import {
  newRollout,
  planRelease,
  type Pod,
  type PlatformObject,
  type RolloutRecord,
  type Workload,
} from '@canary/rollout';
import { readyPod, workloadOf } from '@canary/testing';

/** When everything in these tests happens: 2026-01-02T03:04:05Z. */
export const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

/** The Deployment of a release, as the catalogue has it. */
export function deployment(version: string, replicas: number): PlatformObject {
  const [object] = renderObjects(['v2'], parseParameters({ version, replicas }));
  return object!;
}

/** A workload of that Deployment whose pods are all ready but for those that `change` says otherwise. */
export function workload(
  version: string,
  replicas: number,
  change: (pod: Pod, index: number) => Pod = (pod) => pod,
): Workload {
  const object = deployment(version, replicas);
  const { name, labels = {} } = object.metadata;
  const pods = Array.from({ length: replicas }, (_, index) =>
    change({ ...readyPod(`${name}-${index}`), labels }, index),
  );
  return workloadOf(object, pods);
}

/** A rollout of 4 replicas of 1.0.0 to 2.0.0 that has just been started. */
export function startedRecord(change: Partial<RolloutRecord> = {}): RolloutRecord {
  const { plan } = planRelease({
    stableReplicas: 4,
    canaryReplicas: [1],
    observe: { until: 'time', seconds: 30 },
    confirm: true,
  });
  const record = newRollout({
    id: 'myapp-deploy-v2.0-20260102T030405Z',
    app: 'myapp',
    selector: { namespace: 'canary', labels: { appname: 'myapp' } },
    plan,
    workloads: [workload('1.0.0', 4)],
    stable: 'myapp-deploy-v1.0',
    canary: deployment('2.0.0', 1),
    now: NOW,
  });
  return { ...record, ...change };
}

type Opinion = NonNullable<RolloutRecord['observation']['opinion']>;

/** The same 18 s after its observation has begun: latency is not judged, and a pod is not UP. */
export function weighed(change: Partial<NonNullable<Opinion['judgement']>> = {}): RolloutRecord {
  const { plan } = planRelease({
    stableReplicas: 4,
    canaryReplicas: [1],
    observe: { until: 'verdict' },
  });
  const errors = {
    metric: 'errors',
    ...{ canary: { events: 3, of: 1204 }, stable: { events: 50, of: 4816 } },
    ...{ slowerThan: undefined, value: 3 / 1204, threshold: 0.0161 },
    ...{ logE: -1, logSafe: Math.log(3.1) },
    safeCounts: { x1: 3, n1: 1204, x0: 50, n0: 4816 },
  } as const;
  const opinion: Opinion = {
    verdict: 'undecided',
    reason: 'undecided after 18 s: 3 of 1,204 requests to 2.0.0 failed, 50 of 4,816 to 1.0.0',
    evidence: { E: 0.4, 'E needed': 100, safety: 3.1, 'safety needed': 20 },
    requests: { '1.0.0': 400, '2.0.0': 100 },
    notes: ['scrapes and probes are no traffic, and were left out: /healthy'],
    judgement: {
      ...{ verdict: 'undecided', ground: 'none', at: NOW, afterSeconds: 18 },
      releases: { canary: '2.0.0', stable: '1.0.0' },
      requests: { canary: 100, stable: 400 },
      ...{ blocker: 'myapp-deploy-v2.0-0 is not UP: connection refused', couldPromote: false },
      notJudged: [{ metric: 'latency', why: 'its histogram of 1.0.0 has only +Inf' }],
      ...{ hanging: undefined, bothFailing: undefined, brokenObjectives: [] },
      ...{ promoteInSeconds: 240, most: errors, metrics: [errors] },
      ...{ logE: -1, needed: 100, logSafe: Math.log(3.1), neededSafe: 20 },
      ...{ curve: [], sources: {} },
      ...change,
    },
  };
  const begun = { stageStartedAt: [NOW - 20_000], phaseStartedAt: NOW - 18_000 };
  const record = startedRecord({ plan, stage: 0, atGate: true, ...begun });
  const requests = { '1.0.0': 4816, '2.0.0': 1204 };
  return {
    ...record,
    reason: '4 + 1 replicas are ready',
    driver: { holder: 'ana@laptop:4711', heartbeatAt: NOW - 1000, leaseMs: 15_000 },
    observation: { ...record.observation, number: 18, at: NOW, opinion, requests },
    judged: { at: NOW, opinion },
  };
}
