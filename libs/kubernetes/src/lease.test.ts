import { describe, expect, it } from 'vitest';
import { heldLease, isHeldByAnother, type LeaseObject } from './lease.ts';

const at = (time: string) => Date.parse(`2026-01-01T${time}Z`);
const mine = { name: 'myapp', namespace: 'canary', holder: 'me', seconds: 15 };
const found = (holderIdentity: string): LeaseObject => ({
  metadata: { name: 'myapp', namespace: 'canary', resourceVersion: '7', uid: 'u' },
  spec: {
    holderIdentity,
    leaseDurationSeconds: 30,
    acquireTime: '2026-01-01T09:00:00.000000Z',
    renewTime: '2026-01-01T10:00:00.000000Z',
    leaseTransitions: 4,
  },
});

describe('isHeldByAnother', () => {
  it.each([
    ['that another has just renewed', 'other', '10:00:01', true],
    ['that another renewed long ago, until it runs out', 'other', '10:00:29.999', true],
    ['that another let run out', 'other', '10:00:30', false],
    ["that is one's own", 'me', '10:00:01', false],
    ['that was let go of', '', '10:00:01', false],
  ])('judges a lease %s', (_, holder, now, held) => {
    expect(isHeldByAnother(found(holder).spec, 'me', at(now))).toBe(held);
  });
});

describe('heldLease', () => {
  const now = at('10:05:00.123');

  it('is new where there was none', () => {
    expect(heldLease({ ...mine, now, found: undefined })).toEqual({
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: {
        name: 'myapp',
        namespace: 'canary',
        labels: { 'app.kubernetes.io/managed-by': 'canary' },
      },
      spec: {
        holderIdentity: 'me',
        leaseDurationSeconds: 15,
        acquireTime: '2026-01-01T10:05:00.123000Z',
        renewTime: '2026-01-01T10:05:00.123000Z',
        leaseTransitions: 0,
      },
    });
  });

  it('keeps since when it is held, and what the server locks by', () => {
    const { metadata, spec } = heldLease({ ...mine, now, found: found('me') });
    expect(metadata).toMatchObject({ resourceVersion: '7' });
    expect(spec).toMatchObject({
      acquireTime: '2026-01-01T09:00:00.000000Z',
      renewTime: '2026-01-01T10:05:00.123000Z',
      leaseTransitions: 4,
    });
  });

  it('counts that it was taken over', () => {
    const { spec } = heldLease({ ...mine, now, found: found('other') });
    expect(spec).toMatchObject({
      holderIdentity: 'me',
      acquireTime: '2026-01-01T10:05:00.123000Z',
      leaseTransitions: 5,
    });
  });
});
