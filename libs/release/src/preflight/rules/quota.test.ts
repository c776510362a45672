import { expect, it } from 'vitest';
import { found } from '../../testing/facts.ts';
import { quota } from './quota.ts';

const limit = (hard: object, used: object, spec: object = {}) => [
  { metadata: { name: 'team' }, spec, status: { hard, used } as object },
];
const asking = (requests: object, limits: object = {}) => ({
  container: { resources: { requests, limits } },
});

it("refuses where there is no room for the canary's pods", () => {
  const quotas = limit({ 'requests.cpu': '1' }, { 'requests.cpu': '800m' });
  expect(found(quota, { quotas, shop: asking({ cpu: '150m' }), replicas: 2 })).toEqual([
    "refuse ResourceQuota team: the canary's pods (2) need requests.cpu of 300m, and 200m of 1 is left -> have requests.cpu raised by 100m, ask for less in the template, or give the canary fewer replicas",
  ]);
});

it('refuses pods where only so many may be', () => {
  const quotas = limit({ pods: '2' }, { pods: '2' });
  expect(found(quota, { quotas })[0]).toContain('need pods of 1, and 0 of 2 is left');
});

it('refuses a canary where no further Deployment may be', () => {
  const quotas = limit({ 'count/deployments.apps': 3 }, { 'count/deployments.apps': 3 });
  expect(found(quota, { quotas })).toEqual([
    'refuse ResourceQuota team: the release makes count/deployments.apps of 1, and 0 of 3 is left -> have count/deployments.apps raised by 1, or delete what nobody needs',
  ]);
});

it('says that a container has to say what it needs, unless there is a default', () => {
  const quotas = limit({ 'limits.memory': '4Gi' }, { 'limits.memory': '1Gi' });
  const [line] = found(quota, { quotas });
  expect(line).toContain('it limits limits.memory, and a container of the new pods says nothing');
  const limits = [{ type: 'Container', default: { memory: '1Gi' } }];
  expect(
    found(quota, { quotas, limitRanges: [{ metadata: { name: 'd' }, spec: { limits } }] }),
  ).toEqual([]);
});

it('looks at what the rolling update adds beside the canary', () => {
  const quotas = limit({ pods: 4 }, { pods: 3 });
  const strategy = (maxUnavailable: number) => ({
    spec: { strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable } } },
  });
  const what =
    "the canary's pods (1) and those that the rolling update of Deployment shop adds (1)";
  const [refused] = found(quota, { quotas, shop: strategy(0) });
  expect(refused).toContain(`refuse ResourceQuota team: ${what} need pods of 2`);
  expect(found(quota, { quotas, shop: strategy(1) })[0]).toMatch(/^warn ResourceQuota team: /);
});

it.each([
  ['there is room to the last bit', { 'requests.cpu': '300m' }, { 'requests.cpu': '100m' }],
  ['it counts other things', { 'requests.storage': '1Gi', services: 1 }, { services: 1 }],
])('finds nothing where %s', (_, hard, used) => {
  expect(found(quota, { quotas: limit(hard, used), shop: asking({ cpu: '0.1' }) })).toEqual([]);
});

it.each([
  [{ scopes: ['BestEffort'] }, 0],
  [{ scopes: ['NotBestEffort', 'NotTerminating'] }, 1],
  [{ scopes: ['Terminating'] }, 0],
  [
    {
      scopeSelector: {
        matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['high'] }],
      },
    },
    0,
  ],
])('goes by the scope %j', (spec, count) => {
  const quotas = limit({ pods: 1 }, { pods: 1 }, spec);
  expect(found(quota, { quotas, shop: asking({ cpu: 1 }) })).toHaveLength(count);
});
