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
