import { expect, it } from 'vitest';
import { found } from '../../testing/facts.ts';
import { readiness } from './readiness.ts';

const unprobed = { readinessProbe: undefined };

it('warns of a container that a Service sends to and that has no probe', () => {
  expect(found(readiness, { shop: { container: unprobed } })).toEqual([
    'warn Deployment shop: container shop has no readiness probe: a pod gets requests from the moment its process starts, and those that come before it listens are lost, with every pod that the release starts -> add a readinessProbe that succeeds when the container can answer',
  ]);
});

it('warns of all where no port tells which one answers', () => {
  const shop = { container: { ...unprobed, ports: [] }, containers: [{ name: 'b' }] };
  expect(found(readiness, { shop })[0]).toContain('containers shop and b have no readiness probe');
});

it.each([
  ['a sidecar', { shop: { containers: [{ name: 'log' }] } }],
  ['pods that get no requests', { shop: { container: unprobed }, services: [] }],
  [
    'pods of which one container has a probe, without ports',
    { shop: { container: { ports: [] }, containers: [{ name: 'b' }] } },
  ],
])('finds nothing in %s', (_, situation) => {
  expect(found(readiness, situation)).toEqual([]);
});
