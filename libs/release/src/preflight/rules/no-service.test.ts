import { expect, it } from 'vitest';
import { found, service } from '../../testing/facts.ts';
import { noService } from './no-service.ts';

it.each([
  ['there is none', []],
  ['it selects others', [service('cart', { selector: { app: 'cart' } })]],
  ['it leads elsewhere', [service('shop', { type: 'ExternalName' })]],
])('warns where %s', (_, services) => {
  expect(found(noService, { services })).toEqual([
    'warn Deployment shop: no Service selects its pods: the canary gets no requests, and readiness, restarts and time alone decide -> have a Service select the pods by labels that they have, or go on where they take their work from elsewhere',
  ]);
});

it('names a Service whose endpoints somebody else writes', () => {
  const ownerReferences = [{ kind: 'Deployment', name: 'shop', uid: 'u-1' }];
  const [line] = found(noService, {
    services: [{ metadata: { name: 'direct' }, spec: {} }],
    replicaSets: [{ metadata: { name: 'shop-5d8f', ownerReferences }, spec: { selector: {} } }],
    endpointSlices: [
      {
        metadata: { name: 'direct-1', labels: { 'kubernetes.io/service-name': 'direct' } },
        endpoints: [{ targetRef: { kind: 'Pod', name: 'shop-5d8f-x2x' } }],
      },
    ],
  });
  expect(line).toContain('Service direct has no selector, and somebody else writes its endpoints');
});

it('finds nothing where a Service selects them', () => {
  expect(found(noService)).toEqual([]);
});
