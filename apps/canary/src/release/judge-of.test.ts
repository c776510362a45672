import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { fakeSite, UNNAMED } from '../testing/fake-site.ts';
import { checkJudging, judgeOf } from './judge-of.ts';
import { judgingOf } from './judging.ts';

describe('queries of Prometheus', () => {
  const ends: (() => void)[] = [];
  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });

  /** A site whose Prometheus gives this value, or nothing, and its place. */
  async function placeWith(value: string | undefined, status = 200) {
    const server = createServer((request, response) => {
      const result = value === undefined ? [] : [{ metric: {}, value: [1, value] }];
      const data = request.url?.includes('/targets')
        ? { activeTargets: [] }
        : { resultType: 'vector', result };
      response.writeHead(status).end(JSON.stringify({ status: 'success', data }));
    });
    ends.push(() => server.close());
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const site = { ...fakeSite(), prometheus: () => Promise.resolve({ url }) };
    const selector = { namespace: 'canary', labels: { appname: 'myapp' } };
    return { ...{ site, app: 'myapp', selector }, target: undefined, names: UNNAMED };
  }
  const judging = judgingOf({ judge: 'none', query: ['queue=max(queue)'], max: ['queue=10'] });

  it('are refused at the start where there is no Prometheus', async () => {
    const place = { ...(await placeWith('1')), site: fakeSite() };
    await expect(checkJudging(place, judging, '1.0.0')).rejects.toThrow(
      '--query asks Prometheus, and there is none in the namespace: name one by --prometheus <url>',
    );
  });

  it('are refused at the start where they are empty, or Prometheus wants a login', async () => {
    await expect(checkJudging(await placeWith(undefined), judging, '1.0.0')).rejects.toThrow(
      '--query queue: max(queue) has no value',
    );
    await expect(checkJudging(await placeWith('1', 401), judging, '1.0.0')).rejects.toThrow(
      '--prometheus-header-file',
    );
  });

  it('roll back at the third look beyond the limit', async () => {
    const place = await placeWith('11');
    await expect(checkJudging(place, judging, '1.0.0')).resolves.toEqual([]);
    const judge = await judgeOf(place, judging);
    judge.begin({
      ...{ rollout: 'r', app: 'myapp', stage: 0, startedAt: 0 },
      stable: { release: '1.0.0', replicas: 1 },
      canary: { release: '2.0.0', replicas: 1 },
    });
    const { signal } = new AbortController();
    await judge.look(signal);
    await judge.look(signal);
    expect(await judge.look(signal)).toMatchObject({
      verdict: 'roll back',
      reason: 'rolled back: queue is 11, above the most, 10, 3 looks in a row',
    });
  });
});
