import { planRelease } from '@canary/rollout';
import { expect, it } from 'vitest';
import { NOW, startedRecord } from '../testing/objects.ts';
import { dueAt } from './due-at.ts';

const { plan } = planRelease({
  stableReplicas: 4,
  canaryReplicas: [1],
  observe: { until: 'verdict', limitSeconds: 600 },
  confirm: true,
});
const stepStartedAt = plan.steps.map((_, index) => NOW + index * 1000);
const at = (step: number) => startedRecord({ plan, step, stepStartedAt });
const kinds = plan.steps.map(({ kind }) => kind);

it.each([
  ['scale', 120],
  ['observe', 600],
  ['confirm', 3600],
  ['retire', 120],
])('gives a step that is to %s %i s', (kind, seconds) => {
  const step = kinds.indexOf(kind as (typeof kinds)[number]);
  expect(dueAt(at(step))).toBe(stepStartedAt[step]! + seconds * 1000);
});

it('goes by the deadline that the rollout has set itself', () => {
  expect(dueAt({ ...at(0), deadlineAt: NOW + 5 })).toBe(NOW + 5);
  expect(dueAt({ ...at(1), direction: 'back', deadlineAt: NOW + 6 })).toBe(NOW + 6);
});

it('gives a step the time back for which it was stopped', () => {
  const stopped = { stoppedMs: 70_000, stepStoppedMs: 10_000 };
  expect(dueAt({ ...at(1), ...stopped })).toBe(stepStartedAt[1]! + 660_000);
});

it('expects nothing of a rollout that has ended', () => {
  expect(dueAt({ ...at(1), outcome: 'held' })).toBeUndefined();
});
