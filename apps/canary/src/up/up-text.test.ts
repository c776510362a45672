import type { TrafficReport } from '@canary/traffic';
import { expect, it } from 'vitest';
import { NOW } from '../testing/objects.ts';
import { requestsBetween, type UpEvent } from './up-event.ts';
import { upText } from './up-text.ts';

const latencyMs = { p50: 1, p95: 2, p99: 3, max: 4 };
const report = (versions: Readonly<Record<string, number>>): TrafficReport => ({
  at: NOW,
  elapsedSeconds: 10,
  sent: 1000,
  answered: 998,
  inFlight: 0,
  failed: 3,
  networkErrors: { ECONNRESET: 1, TIMEOUT: 1 },
  skipped: 0,
  versions: Object.fromEntries(
    Object.entries(versions).map(([name, requests]) => [
      name,
      { requests, statuses: {}, failures: undefined, latencyMs },
    ]),
  ),
});
const up = {
  kind: 'up',
  at: NOW,
  state: '.canary',
  namespace: 'canary',
  app: 'http://127.0.0.1:5555/',
  replicas: 4,
  prometheus: undefined,
} as const;

it('says where the app is, and what to do next', () => {
  expect(upText(up).join('\n')).toMatchInlineSnapshot(`
    "03:04:05Z  up: 4 replicas of myapp 1.0.0 at http://127.0.0.1:5555/

    Next, in another terminal: canary start --to 2.0.0 --on local
    Ctrl-C ends everything that runs here.
    "
  `);
  const elsewhere = {
    ...up,
    state: '/tmp/x',
    namespace: 'shop',
    prometheus: 'http://127.0.0.1:9090/',
  };
  expect(upText(elsewhere).join('\n')).toMatchInlineSnapshot(`
    "03:04:05Z  up: 4 replicas of myapp 1.0.0 at http://127.0.0.1:5555/
               Prometheus at http://127.0.0.1:9090/

    Next, in another terminal: canary start --to 2.0.0 --on local --namespace shop --state /tmp/x
    Ctrl-C ends everything that runs here.
    "
  `);
});

it('says where each Service of an app of files is, and how it is released', () => {
  const containers = [{ name: 'web', image: 'shop:1' }];
  const deployments = [{ namespace: 'default', name: 'shop', containers }];
  const port = (number: number) => ({
    ...{ namespace: 'default', name: 'shop', port: number },
    url: `http://127.0.0.1:2${number}/`,
  });
  const own = { deployments, services: [port(80), port(90)] };
  const event = { ...up, namespace: 'default', app: 'http://127.0.0.1:280/', replicas: 1, own };
  expect(upText(event).join('\n')).toMatchInlineSnapshot(`
    "03:04:05Z  up: Deployment shop, 1 replica
               Service shop:80 at http://127.0.0.1:280/
               Service shop:90 at http://127.0.0.1:290/

    Next, in another terminal: canary start deploy/shop --image web=<image> --run '<image>=<command>' --on local
    Ctrl-C ends everything that runs here.
    "
  `);
  const without = { ...event, app: undefined, own: { deployments, services: [] } };
  expect(upText({ ...without, namespace: 'shop', replicas: 2 }).slice(0, 3)).toEqual([
    '03:04:05Z  up: Deployment shop, 2 replicas',
    '',
    expect.stringMatching(/--on local --namespace shop$/),
  ]);
});

it.each<[UpEvent, string]>([
  [
    { kind: 'traffic', at: NOW, requests: { '1.0': 750, 'v2.0.0': 250 }, failed: 3, lost: 2 },
    '03:04:05Z  traffic: 1.0 75.0 %, v2.0.0 25.0 % of 1000 requests; so far 3 failed, 2 lost',
  ],
  [
    { kind: 'traffic', at: NOW, requests: {}, failed: 0, lost: 0 },
    '03:04:05Z  traffic: no request; so far 0 failed, 0 lost',
  ],
  [
    {
      kind: 'event',
      at: NOW,
      about: { namespace: 'canary', name: 'a' },
      type: 'Normal',
      reason: 'CanaryPromoted',
      message: 'promoted:\n  all is well',
    },
    '03:04:05Z  promoted: all is well',
  ],
  [{ kind: 'notice', message: 'limits are not honoured' }, 'limits are not honoured'],
  [{ kind: 'down', at: NOW, traffic: undefined }, '03:04:05Z  down'],
  [
    { kind: 'down', at: NOW, traffic: report({}) },
    '03:04:05Z  down: 1000 requests sent, 998 answered, 3 failed, 2 lost',
  ],
])('writes %j as a line', (event, line) => {
  expect(upText(event)).toEqual([line]);
});

it('counts requests since the report before', () => {
  const before = report({ '1.0': 100 });
  const now = report({ '1.0': 100, 'v2.0.0': 40 });
  expect(requestsBetween(undefined, before)).toEqual({ '1.0': 100 });
  expect(requestsBetween(before, now)).toEqual({ 'v2.0.0': 40 });
});
