import type { Clock } from '@canary/rollout';
import { expect, it } from 'vitest';
import { serveMetrics } from './serve-metrics.ts';

const metrics = {
  take: () => undefined,
  text: () => Promise.resolve('a_total 1\n'),
  contentType: 'text/plain; version=0.0.4',
};
const signal = new AbortController().signal;

/** A clock that stands still: a sleep ends where it is aborted. */
function clock(): Clock & { readonly slept: number[] } {
  const turned = {
    slept: [] as number[],
    now: () => 0,
    sleep: (ms: number, aborted: AbortSignal) => {
      turned.slept.push(ms);
      return new Promise<void>((resolve) => {
        if (aborted.aborted) resolve();
        aborted.addEventListener('abort', () => {
          resolve();
        });
      });
    },
  };
  return turned;
}

it('answers a scrape, and nothing else', async () => {
  const server = await serveMetrics(metrics, 0, clock());
  const ask = (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`);
  expect((await ask('/')).status).toBe(404);
  const answer = await ask('/metrics');
  expect(answer.headers.get('content-type')).toBe(metrics.contentType);
  expect(await answer.text()).toBe('a_total 1\n');
  const ending = new AbortController();
  ending.abort();
  await server.close(ending.signal);
});

it('names the port that it cannot have', async () => {
  const first = await serveMetrics(metrics, 0, clock());
  await expect(serveMetrics(metrics, first.port, clock())).rejects.toThrow(
    `--serve-metrics ${first.port} cannot be had: listen EADDRINUSE`,
  );
  await first.close(signal);
});

it('waits for nobody where nobody scrapes', async () => {
  const turned = clock();
  await (await serveMetrics(metrics, 0, turned)).close(signal);
  expect(turned.slept).toEqual([]);
});

it('waits until those who scrape have seen the end, at most half a minute', async () => {
  const turned = clock();
  const server = await serveMetrics(metrics, 0, turned);
  const scrape = async () => {
    await (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text();
  };
  await scrape();
  let isClosed = false;
  const closed = server.close(signal).then(() => (isClosed = true));
  expect(turned.slept).toEqual([30_000]);
  expect(isClosed).toBe(false);
  await scrape();
  await closed;
});
