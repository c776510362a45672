import type { Clock } from '@canary/rollout';
import { expect, it, onTestFinished } from 'vitest';
import { fakeApiServer, type FakeApiServer } from './testing/fake-api-server.ts';
import { connectCluster } from './cluster.ts';

/** Asks the server as a clock goes on by itself, and keeps for how long it was waited. */
function connected(server: FakeApiServer) {
  const waits: number[] = [];
  const clock: Clock = {
    now: () => 0,
    sleep: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  };
  const cluster = connectCluster({ kubeconfig: server.kubeconfig }, clock);
  onTestFinished(() => cluster.close());
  return { cluster, waits };
}

const overloaded = (status: number, seconds?: number) => ({
  url: /pods/,
  status,
  body: { message: 'too many requests' },
  ...(seconds !== undefined && { headers: { 'retry-after': String(seconds) } }),
});
const read = { asked: 'list pods', path: '/api/v1/pods' };

it.each([
  ['GET', 429],
  ['GET', 503],
  ['PATCH', 503],
  ['POST', 429],
] as const)('asks again by %s after the time that %i names', async (method, status) => {
  const server = await fakeApiServer();
  for (const seconds of [1, 3]) server.next(overloaded(status, seconds));
  const { cluster, waits } = connected(server);
  await cluster.request({ ...read, method });
  expect(server.requests).toHaveLength(3);
  // Up to a fifth longer, so that not all come again at once.
  for (const [index, least] of [1000, 3000].entries()) {
    expect(waits[index]).toBeGreaterThanOrEqual(least);
    expect(waits[index]).toBeLessThan(least * 1.2);
  }
});

it('asks for a watch again, too', async () => {
  const server = await fakeApiServer();
  server.next(overloaded(429, 1));
  const { cluster } = connected(server);
  const stop = new AbortController();
  const query = { watch: 'true' };
  const lines = cluster.stream({ ...read, query, signal: stop.signal })[Symbol.asyncIterator]();
  const next = lines.next();
  await expect.poll(() => server.watches()).toBe(1);
  server.event({ type: 'BOOKMARK' });
  expect((await next).value).toEqual({ type: 'BOOKMARK' });
  stop.abort();
  await expect(lines.next()).rejects.toThrow();
});

it.each([
  { method: 'GET', status: 429, seconds: undefined, remedy: 'try again' },
  {
    method: 'GET',
    status: 429,
    seconds: 120,
    remedy: 'it asks to be left alone for 120 s; try again after that',
  },
  {
    method: 'POST',
    status: 503,
    seconds: 1,
    remedy: 'it asks to be left alone for 1 s; try again after that',
  },
] as const)('does not ask again after %j', async ({ method, status, seconds, remedy }) => {
  const server = await fakeApiServer();
  server.next(overloaded(status, seconds));
  const { cluster, waits } = connected(server);
  await expect(cluster.request({ ...read, method })).rejects.toMatchObject({
    failure: 'unavailable',
    message: `cannot list pods: too many requests; ${remedy}`,
  });
  expect(waits).toEqual([]);
});

it('gives up after five attempts, or twenty seconds', async () => {
  const server = await fakeApiServer();
  for (let i = 0; i < 5; i++) server.next(overloaded(429, 1));
  const { cluster } = connected(server);
  await expect(cluster.request(read)).rejects.toMatchObject({ failure: 'unavailable' });
  expect(server.requests).toHaveLength(5);

  for (let i = 0; i < 3; i++) server.next(overloaded(429, 8));
  await expect(cluster.request(read)).rejects.toMatchObject({ failure: 'unavailable' });
  expect(server.requests).toHaveLength(8);
});

it('does not wait any longer when it is aborted', async () => {
  const server = await fakeApiServer();
  server.next(overloaded(429, 19));
  const cluster = connectCluster({ kubeconfig: server.kubeconfig });
  onTestFinished(() => cluster.close());
  const stop = new AbortController();
  const answer = cluster.request({ ...read, signal: stop.signal });
  await expect.poll(() => server.requests.length).toBe(1);
  stop.abort(new Error('enough'));
  await expect(answer).rejects.toThrow(/^enough$/);
});
