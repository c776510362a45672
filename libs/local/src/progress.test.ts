import { expect, it } from 'vitest';
import { Progress, type ReplicaCounts } from './progress.ts';

const counts = (given: Partial<ReplicaCounts> = {}): ReplicaCounts => ({
  replicas: 2,
  total: 2,
  updated: 2,
  ready: 0,
  available: 0,
  least: 2,
  replicaSet: 'web-1',
  ...given,
});
const complete = { ready: 2, available: 2 };
const reasons = (progress: Progress) => progress.conditions.map(({ reason }) => reason);

it('runs out of time when nothing happens within the deadline', () => {
  const progress = new Progress();
  progress.update(counts(), 0, 10);
  progress.update(counts(), 9_999, 10);
  expect(reasons(progress)).toEqual(['MinimumReplicasUnavailable', 'NewReplicaSetCreated']);
  expect(progress.deadline(10)).toBe(10_000);
  progress.update(counts(), 10_000, 10);
  expect(progress.conditions).toEqual([
    {
      type: 'Available',
      status: 'False',
      reason: 'MinimumReplicasUnavailable',
      message: 'Deployment does not have minimum availability.',
    },
    {
      type: 'Progressing',
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
      message: 'ReplicaSet "web-1" has timed out progressing.',
    },
  ]);
  expect(progress.deadline(10)).toBeUndefined();
});

it('counts the deadline from the last progress', () => {
  const progress = new Progress();
  progress.update(counts(), 0, 10);
  progress.update(counts({ ready: 1, available: 1 }), 9_000, 10);
  progress.update(counts({ ready: 1, available: 1 }), 18_000, 10);
  expect(reasons(progress)).toEqual(['MinimumReplicasUnavailable', 'ReplicaSetUpdated']);
  progress.update(counts({ ready: 1, available: 1 }), 19_000, 10);
  expect(reasons(progress)[1]).toBe('ProgressDeadlineExceeded');
});

it('goes on when it gets better after the deadline', () => {
  const progress = new Progress();
  progress.update(counts(), 0, 10);
  progress.update(counts(), 20_000, 10);
  progress.update(counts(complete), 30_000, 10);
  expect(reasons(progress)).toEqual(['MinimumReplicasAvailable', 'NewReplicaSetAvailable']);
});

it('does not run out of time for a template that was complete once, however it is scaled', () => {
  const progress = new Progress();
  progress.update(counts(complete), 0, 10);
  progress.update(counts({ ...complete, replicas: 4, total: 4, updated: 4 }), 99_000, 10);
  expect(reasons(progress)[1]).toBe('NewReplicaSetAvailable');
  expect(progress.deadline(10)).toBeUndefined();
});

it('starts again with another template', () => {
  const progress = new Progress();
  progress.update(counts(complete), 0, 10);
  progress.update(counts({ ...complete, updated: 0, replicaSet: 'web-2' }), 50_000, 10);
  expect(reasons(progress)).toEqual(['MinimumReplicasAvailable', 'NewReplicaSetCreated']);
  expect(progress.deadline(10)).toBe(60_000);
});

it('is not complete while old pods are left', () => {
  const progress = new Progress();
  progress.update(counts({ total: 3, ready: 3, available: 3 }), 0, 10);
  expect(reasons(progress)[1]).toBe('NewReplicaSetCreated');
});
