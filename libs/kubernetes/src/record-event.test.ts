import { expect, it } from 'vitest';
import { eventObject } from './record-event.ts';

const involvedObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: 'canary',
  name: 'x'.repeat(253),
  uid: 'u',
};
const event = { involvedObject, type: 'Warning', reason: 'CanaryRolledBack' } as const;

it('keeps to the limits of the API, however long names and messages are', () => {
  const made = eventObject({ ...event, message: 'ä'.repeat(2000) }, new Date());
  expect(made.metadata.name.length).toBeLessThanOrEqual(253);
  expect(made.message).toHaveLength(1024);
});

it('names the object by all that kubectl describe looks for', () => {
  const made = eventObject({ ...event, message: 'Errors' }, new Date('2026-01-01T10:00:00.5Z'));
  expect(made).toMatchObject({
    involvedObject,
    metadata: { namespace: 'canary' },
    type: 'Warning',
    reason: 'CanaryRolledBack',
    message: 'Errors',
    source: { component: 'canary' },
    firstTimestamp: '2026-01-01T10:00:00Z',
    lastTimestamp: '2026-01-01T10:00:00Z',
    count: 1,
  });
});
