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
    step: 1,
    stepStartedAt: [NOW - 20_000, NOW - 18_000],
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
      { at: NOW - 20_000, what: 'step 1 of 6: scale', why: 'started', figures: {} },
      { at: NOW - 18_000, what: 'step 2 of 6: observe', why: 'ready', figures: {} },
    ],
    ...change,
  };
}
