import { expect, it } from 'vitest';
import { shop, type Shop } from '../testing/shop.ts';
import { podNeeds } from './pod-needs.ts';

const cpu = (requests: string) => ({ resources: { requests: { cpu: requests } } });
const requested = (parts: Shop) => podNeeds(shop(parts).spec.template, []).requests.get('cpu');

it('adds up what runs at once', () => {
  const initContainers = [
    { name: 'proxy', restartPolicy: 'Always', ...cpu('100m') },
    { name: 'migrate', ...cpu('300m') },
  ];
  const parts = { container: cpu('200m'), containers: [{ name: 'log', ...cpu('50m') }] };
  expect(requested(parts)).toBeCloseTo(0.25, 9);
  expect(requested({ ...parts, pod: { initContainers } })).toBeCloseTo(0.4, 9);
  const small = [initContainers[0]!, { name: 'migrate', ...cpu('10m') }];
  expect(requested({ ...parts, pod: { initContainers: small } })).toBeCloseTo(0.35, 9);
});

it('takes a limit for the request that is not there, and a default for the limit', () => {
  const { template } = shop({ container: { resources: { limits: { cpu: 1 } } } }).spec;
  expect(podNeeds(template, []).requests.get('cpu')).toBe(1);
  const limits = [
    { type: 'Container', default: { memory: '1Gi' }, defaultRequest: { memory: '1Mi' } },
  ];
  const needs = podNeeds(template, [{ metadata: { name: 'd' }, spec: { limits } }]);
  expect([needs.requests.get('memory'), needs.limits.get('memory')]).toEqual([2 ** 20, 2 ** 30]);
});

it('knows of what some container says nothing', () => {
  const { template } = shop({ container: cpu('1'), containers: [{ name: 'log' }] }).spec;
  expect([...podNeeds(template, []).unsaid.requests]).toEqual(['cpu', 'memory']);
});
