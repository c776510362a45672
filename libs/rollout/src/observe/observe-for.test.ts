import { expect, it } from 'vitest';
import type { Look } from '../ports/observer.ts';
import { observeFor } from './observe-for.ts';

const lookAt = (at: number, ...values: [string, number][]): Look => ({
  at,
  targets: [],
  samples: values.map(([release, value]) => ({
    pod: `pod-${release}`,
    release,
    at,
    startedAt: 1,
    series: [{ name: 'http_requests_total', labels: {}, value }],
  })),
});
const looks = [lookAt(1000, ['1', 100], ['2', 0]), lookAt(2000, ['1', 180], ['2', 20])];
const observer = () => {
  const left = [...looks];
  return { look: () => Promise.resolve(left.shift()!) };
};
const { signal } = new AbortController();
const context = {
  rollout: 'r1',
  app: 'myapp',
  stage: 1,
  startedAt: 0,
  stable: { release: '1', replicas: 4 },
  canary: { release: '2', replicas: 1 },
};

it('has no data at its first look, and the share of the requests at the next', async () => {
  const judge = observeFor(observer());
  judge.begin(context);
  expect(await judge.look(signal)).toMatchObject({ verdict: 'no data', requests: {} });
  expect(await judge.look(signal)).toEqual({
    verdict: 'undecided',
    couldPromote: true,
    reason: '2 has 20.0 % of the requests (12.7 % to 29.2 %)',
    evidence: { 'observed share': 0.2 },
    requests: { 1: 80, 2: 20 },
  });
});

it('goes on in another process from its saved state', async () => {
  const source = observer();
  const first = observeFor(source);
  await first.look(signal);
  const second = observeFor(source);
  second.restore(JSON.parse(JSON.stringify(first.state())));
  second.begin(context);
  expect((await second.look(signal)).requests).toEqual({ 1: 80, 2: 20 });
});
