import { describe, expect, it } from 'vitest';
import { planRelease } from '../plan/plan-release.ts';
import { Model } from '../testing/model.ts';
import { deployment, selector, STABLE } from '../testing/objects.ts';
import { newRollout, type NewRollout } from './new-rollout.ts';

const { plan } = planRelease({ stableReplicas: 4, canaryReplicas: [1] });
const options: NewRollout = {
  id: 'r1',
  app: 'myapp',
  selector,
  plan,
  workloads: new Model(4).snapshot(),
  stable: STABLE,
  canary: deployment('2', 1),
  now: 0,
};
const unready = new Model(4);
unready.oneReady('stable', false);
const leftOver = new Model(4);
leftOver.land({ kind: 'apply', operation: 1, object: deployment('2', 3) });
const big = {
  ...deployment('2', 1),
  metadata: { name: 'big', annotations: { note: 'x'.repeat(3e5) } },
};
const unlabelled = { ...deployment('2', 1), spec: {} };

describe('newRollout', () => {
  it.each<[string, Partial<NewRollout>]>([
    ['no workload myapp-v9 in namespace canary (there: myapp-v1)', { stable: 'myapp-v9' }],
    ['myapp-v1 has 3 ready of 4 replicas, the plan says 4', { workloads: unready.snapshot() }],
    ['the canary is named myapp-v1 as the stable workload is', { canary: deployment('1', 1) }],
    ['myapp-v2 is there already, with 3 replicas', { workloads: leftOver.snapshot() }],
    ['letters of JSON, more than 200000', { canary: big }],
    ['the plan and how to judge are', { judging: 'x'.repeat(3e5) }],
    ['myapp-v2: its pods have no label release', { canary: unlabelled }],
    [
      "the canary's namespace other is not canary",
      { canary: { ...deployment('2', 1), metadata: { name: 'myapp-v2', namespace: 'other' } } },
    ],
    ['maxSurge 0 leaves no room', { plan: { ...plan, limits: { ...plan.limits, maxPods: 4 } } }],
  ])('rejects: %s', (says, wrong) => {
    expect(() => newRollout({ ...options, ...wrong })).toThrow(says);
  });

  it('keeps what it takes to build the stable workload again, and nothing that is not ours', () => {
    const [workload] = options.workloads;
    const { metadata } = workload!.object;
    const object = {
      ...workload!.object,
      metadata: {
        ...metadata,
        uid: 'u',
        managedFields: [],
        annotations: { 'deployment.kubernetes.io/revision': '3', owner: 'ana' },
      },
      status: { replicas: 4 },
    };
    const record = newRollout({ ...options, workloads: [{ ...workload!, object }] });
    expect(record.stable.object).toEqual({
      ...workload!.object,
      metadata: { ...metadata, annotations: { owner: 'ana' } },
    });
  });
});
