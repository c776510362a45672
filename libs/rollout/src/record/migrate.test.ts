import { describe, expect, it } from 'vitest';
import { migrated } from './migrate.ts';

const side = (name: string) => ({
  ...{ ref: { namespace: 'canary', name }, release: name, object: {}, touched: true },
  ask: { number: 3, kind: 'scale', replicas: 1, at: 5, status: 'called' },
});
/** The article's plan as the first version of a record had it, at its second step. */
const first = {
  schema: 1,
  id: 'r1',
  plan: {
    stableReplicas: 4,
    limits: { minReady: 4, maxPods: 8, readyMs: 120_000, graceMs: 20_000 },
    steps: [
      { kind: 'scale', stable: 4, canary: 1, percent: 20, deadlineMs: 9000 },
      { kind: 'observe', until: 'verdict', soakMs: 1, limitMs: 2, everyMs: 700, onTimeout: 'hold' },
      { kind: 'confirm' },
      { kind: 'scale', stable: 4, canary: 4, deadlineMs: 8000 },
      { kind: 'observe', until: 'time', ms: 60, bake: true },
      { kind: 'retire' },
    ],
  },
  stable: side('v1'),
  canary: side('v2'),
  step: 1,
  stepStartedAt: [100, 200],
  stepStoppedMs: 7,
  startedAt: 90,
  counters: { request: 1, ask: 3, listing: 2 },
};

describe('migrated', () => {
  it('knows no record of a later version, and none without one', () => {
    expect(migrated({ ...first, schema: 99 })).toBeUndefined();
    expect(migrated({ id: 'r1' })).toBeUndefined();
  });

  it('reads steps as stages, each a state and its gate, and goes on where it stood', () => {
    expect(migrated(first)).toMatchObject({
      schema: 2,
      plan: {
        everyMs: 700,
        stages: [
          {
            set: { stable: 4, canary: 1, percent: 20 },
            deadlineMs: 9000,
            gate: { kind: 'verdict', soakMs: 1, limitMs: 2, onTimeout: 'hold' },
          },
          { set: { stable: 4, canary: 1 }, deadlineMs: 120_000, gate: { kind: 'person' } },
          {
            set: { stable: 4, canary: 4 },
            deadlineMs: 8000,
            gate: { kind: 'time', ms: 60, bake: true },
          },
          { set: { stable: 0, canary: 4, removed: 'stable' }, gate: { kind: 'ready' } },
        ],
      },
      stable: { operation: { number: 3, kind: 'scale' } },
      stage: 0,
      atGate: true,
      stageStartedAt: [100],
      phaseStartedAt: 200,
      phaseStoppedMs: 7,
      counters: { request: 1, operation: 3, listing: 2 },
    });
  });

  it.each([
    [-1, [], { stage: -1, atGate: false, stageStartedAt: [], phaseStartedAt: 90 }],
    [0, [100], { stage: 0, atGate: false, stageStartedAt: [100], phaseStartedAt: 100 }],
    [2, [1, 2, 3], { stage: 1, atGate: true, stageStartedAt: [1, 3], phaseStartedAt: 3 }],
    [5, [1, 2, 3, 4, 5, 6], { stage: 3, atGate: false, stageStartedAt: [1, 3, 4, 6] }],
  ])('puts step %d where it belongs', (step, stepStartedAt, place) => {
    expect(migrated({ ...first, step, stepStartedAt })).toMatchObject(place);
  });
});
