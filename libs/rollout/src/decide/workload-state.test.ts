import { describe, expect, it } from 'vitest';
import type { Workload } from '../ports/platform.ts';
import { Model } from '../testing/model.ts';
import { viewOf } from './workload-state.ts';

const [workload] = new Model(3).snapshot();
const view = (change: Partial<Workload>) => viewOf({ ...workload!, ...change });
const [pod] = workload!.pods;

describe('viewOf', () => {
  it('trusts whichever says that fewer are ready, the status or the pods', () => {
    expect(view({ readyReplicas: 2 }).ready).toBe(2);
    expect(view({ pods: workload!.pods.slice(1) }).ready).toBe(2);
  });

  it('does not count pods that are on their way out', () => {
    const pods = workload!.pods.map((one, index) => ({ ...one, terminating: index === 0 }));
    expect(view({ pods })).toMatchObject({ ready: 2, live: 2 });
  });

  it('names the pod that cannot start before one that only waits', () => {
    const waiting = { ...pod!, name: 'a', ready: false, reason: 'ContainerCreating' };
    const failing = {
      ...pod!,
      name: 'b',
      ready: false,
      reason: 'ErrImagePull',
      message: 'no such',
    };
    expect(view({ pods: [waiting, failing] }).problem).toEqual({
      pod: 'b',
      reason: 'ErrImagePull',
      message: 'no such',
      fatal: true,
    });
  });

  it('names what keeps pods from being made at all', () => {
    const condition = {
      type: 'ReplicaFailure',
      status: 'True',
      reason: 'FailedCreate',
      message: 'exceeded quota',
    } as const;
    expect(view({ pods: [], conditions: [condition] }).problem).toMatchObject({
      reason: 'FailedCreate',
      message: 'exceeded quota',
    });
  });

  it.each(['Failed', 'Succeeded'] as const)('does not count what is left of a pod: %s', (phase) => {
    const evicted = { ...pod!, name: 'evicted', phase, ready: false, reason: 'Evicted' };
    expect(view({ pods: [...workload!.pods, evicted] })).toMatchObject({
      ready: 3,
      live: 3,
      problem: undefined,
    });
  });

  const failedCreate = (message: string, pods: Workload['pods'] = []) =>
    view({
      pods,
      conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message }],
    }).problem;
  const STANDARD =
    'pods "myapp-v2-x" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true';

  it.each([
    [STANDARD, true],
    ['admission webhook "policy.example" denied the request: no latest tag', true],
    ['pods "x" is forbidden: exceeded quota: few, requested: pods=1, used: pods=4', false],
    ['Internal error occurred: failed calling webhook "policy.example": timed out', false],
  ])('a pod that is not made for "%s" can never start: %s', (message, fatal) => {
    expect(failedCreate(message)).toMatchObject({ reason: 'FailedCreate', message, fatal });
  });

  it('names what admission forbids before a pod that only waits', () => {
    const waiting = { ...pod!, ready: false, reason: 'ContainerCreating' };
    expect(failedCreate(STANDARD, [waiting])).toMatchObject({ pod: undefined, fatal: true });
    expect(failedCreate('exceeded quota', [waiting])).toMatchObject({ reason: waiting.reason });
  });
});
