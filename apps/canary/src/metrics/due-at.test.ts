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
const phaseStartedAt = NOW + 1000;
const at = (stage: number, atGate: boolean) =>
  startedRecord({ plan, stage, atGate, phaseStartedAt });

it.each([
  ['scale', 0, false, 120],
  ['observe until a verdict', 0, true, 600],
  ['wait for a person', 1, true, 3600],
  ['remove the stable release', 3, false, 120],
])('gives a stage that is to %s its time', (_, stage, atGate, seconds) => {
  expect(dueAt(at(stage, atGate))).toBe(phaseStartedAt + seconds * 1000);
});

it('goes by the deadline that the rollout has set itself', () => {
  expect(dueAt({ ...at(0, false), deadlineAt: NOW + 5 })).toBe(NOW + 5);
  expect(dueAt({ ...at(0, true), direction: 'back', deadlineAt: NOW + 6 })).toBe(NOW + 6);
});

it('gives a stage the time back for which it was stopped', () => {
  const stopped = { stoppedMs: 70_000, phaseStoppedMs: 10_000 };
  expect(dueAt({ ...at(0, true), ...stopped })).toBe(phaseStartedAt + 660_000);
});

it('expects nothing of a rollout that has ended', () => {
  expect(dueAt({ ...at(0, true), outcome: 'held' })).toBeUndefined();
});
