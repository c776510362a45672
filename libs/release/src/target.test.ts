import { expect, it } from 'vitest';
import { parseTarget } from './target.ts';

it.each([
  ['sts/db', 'StatefulSet db cannot be released: its pods have names and volumes'],
  ['statefulset.apps/db', 'StatefulSet db cannot be released'],
  ['ds/agent', 'DaemonSet agent cannot be released: it has one pod on each node'],
  ['job/import', 'Job import cannot be released: it runs to its end'],
  ['CronJob/nightly', 'CronJob nightly cannot be released'],
  ['rs/shop-5d8f', 'name the Deployment that owns it'],
  ['pod/shop-5d8f-x', 'name the Deployment that it belongs to'],
  ['svc/shop', 'name the Deployment behind it'],
])('refuses %s with what to do', (text, message) => {
  expect(() => parseTarget(text)).toThrow(message);
});

it.each(['', 'deploy/', 'deploy/Shop', 'deploy/a/b', 'deploy/-x', `deploy/${'a'.repeat(254)}`])(
  'finds no name in %j',
  (text) => {
    expect(() => parseTarget(text)).toThrow('is no name of a Deployment');
  },
);

it.each(['rollout/shop', 'deployment.example.com/shop', 'deployment.v1beta1.apps/shop'])(
  'knows no kind %s',
  (text) => {
    expect(() => parseTarget(text)).toThrow('is no kind that it knows; name a Deployment');
  },
);

it.each([
  'shop',
  'deploy/shop',
  'deployment/shop',
  'deployments/shop',
  'Deployment/shop',
  'deployment.apps/shop',
  'deployments.apps/shop',
  'deployment.v1.apps/shop',
])('reads %s', (text) => {
  expect(parseTarget(text)).toEqual({ kind: 'Deployment', name: 'shop' });
});
