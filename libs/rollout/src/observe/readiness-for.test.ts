import { expect, it } from 'vitest';
import { lookOf } from '../testing/exposing.ts';
import { readinessFor } from './readiness-for.ts';

const context = {
  ...{ rollout: 'r1', app: 'shop', stage: 1, startedAt: 0 },
  stable: { release: '1', replicas: 2 },
  canary: { release: '2', replicas: 1 },
};
const { signal } = new AbortController();

type Pods = Readonly<Record<string, number>>;

/** A look at pods with so many restarts. */
function looked(pods: Pods, down: readonly string[] = []) {
  const names = Object.keys(pods);
  const look = lookOf(
    1000,
    Object.fromEntries(names.map((pod) => [pod, {}])),
    Object.fromEntries(names.map((pod) => [pod, { restarts: pods[pod]! }])),
  );
  const targets = look.targets.map((target) =>
    down.includes(target.pod)
      ? { ...target, health: 'down' as const, error: 'probe fails' }
      : target,
  );
  return { ...look, targets };
}

/** What is said of looks, one after another; the last says it. */
async function said(...looks: (readonly [Pods, (readonly string[])?])[]) {
  const left = [...looks];
  const judge = readinessFor(
    { look: () => Promise.resolve(looked(...left.shift()!)) },
    'it exposes no metrics',
  );
  judge.begin(context);
  let last = await judge.look(signal);
  while (left.length > 0) last = await judge.look(signal);
  return last;
}

it('has no data without a pod of the canary', async () => {
  expect(await said([{ '1a': 0 }])).toMatchObject({ verdict: 'no data', couldPromote: false });
});

it('keeps a canary that is not ready from being promoted, and says that no request was judged', async () => {
  const opinion = await said([{ '1a': 0, '2a': 0 }, ['2a']]);
  expect(opinion).toMatchObject({ verdict: 'undecided', couldPromote: false });
  expect(opinion.reason).toBe(
    '2a is not ready: probe fails; no request was judged: it exposes no metrics',
  );
});

it('rolls back after three restarts, and promotes after none', async () => {
  expect(await said([{ '1a': 0, '2a': 3 }])).toMatchObject({ verdict: 'roll back' });
  expect(await said([{ '1a': 0, '2a': 1 }])).toMatchObject({ verdict: 'undecided' });
  const well = await said([{ '1a': 7, '2a': 0 }]);
  expect(well).toMatchObject({ verdict: 'promote', couldPromote: true, requests: {} });
  expect(well.reason).toMatch(/^1 of 1 pods of 2 ready, 0 restarts of 2; no request was judged/);
});

it('bears with restarts that the stable release has as well, since it was first seen', async () => {
  const both: Pods = { '1a': 9, '2a': 4 };
  expect(await said([{ '1a': 5, '2a': 0 }], [both])).toMatchObject({ verdict: 'promote' });
  expect(await said([both])).toMatchObject({ verdict: 'roll back' });
});

it('goes on in another process from its saved state', async () => {
  const looks = [looked({ '1a': 5, '2a': 0 }), looked({ '1a': 9, '2a': 4 })];
  const observer = { look: () => Promise.resolve(looks.shift()!) };
  const first = readinessFor(observer, 'x');
  first.begin(context);
  await first.look(signal);
  const second = readinessFor(observer, 'x');
  second.restore(JSON.parse(JSON.stringify(first.state())));
  second.begin(context);
  expect(await second.look(signal)).toMatchObject({ verdict: 'promote' });
});
