import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { directObserver, type DirectObserverOptions, type ReleasedPod } from './direct-observer.ts';
import { podAt } from './testing/pods.ts';
import { exposing, startServer, type TestServer } from './testing/server.ts';

const look = (pods: readonly ReleasedPod[], own: Partial<DirectObserverOptions> = {}) =>
  directObserver({
    listPods: () => Promise.resolve(pods),
    metrics: ['http_requests_total'],
    timeoutMs: 15_000,
    ...own,
  }).look();

async function serve(listener: RequestListener): Promise<TestServer> {
  const server = await startServer(listener);
  onTestFinished(() => server.close());
  return server;
}

const COUNTS = 'http_requests_total{status="200"} 7\nprocess_start_time_seconds 1.5\nother 1\n';

describe('directObserver says of a pod that is down', () => {
  it('where it was asked, and why it is down', async () => {
    const server = await serve((_, response) => response.writeHead(404).end());
    expect(await look([podAt(server.address)])).toMatchObject({
      samples: [],
      targets: [
        {
          pod: 'pod',
          release: '1.0.0',
          url: `${server.url}/metrics`,
          health: 'down',
          error: 'server returned HTTP status 404 Not Found',
        },
      ],
    });
  });

  it('the line that is not in the text format, where none is', async () => {
    const server = await serve(exposing('<p>hello</p>\n'));
    const { samples, targets } = await look([podAt(server.address)]);
    expect(samples).toEqual([]);
    expect(targets[0]?.error).toBe(
      'line 1 is not in the Prometheus text format: expected a metric name, got "<p>hello</p>"',
    );
  });

  it('that a ready pod gave no answer, and of no other', async () => {
    const gone = await startServer(exposing(COUNTS));
    await gone.close();
    const error = await serve((_, response) => response.writeHead(500).end());
    const { targets } = await look([
      podAt(gone.url.slice('http://'.length), { name: 'a' }),
      podAt(gone.url.slice('http://'.length), { name: 'b', ready: false }),
      podAt(gone.url.slice('http://'.length), { name: 'c', terminating: true }),
      podAt(error.address, { name: 'd' }),
    ]);
    expect(targets.map(({ unanswered }) => unanswered)).toEqual([
      true,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('directObserver', () => {
  it('waits no longer than its timeout for the slow, and has the others', async () => {
    const silent = await serve(() => undefined);
    const endless = await serve((_, response) =>
      response.writeHead(200, { 'content-type': 'text/plain' }).write('a 1\n'),
    );
    const good = await serve(exposing(COUNTS));
    const start = performance.now();
    const { targets, samples } = await look(
      [
        podAt(silent.address, { name: 'silent' }),
        podAt(endless.address, { name: 'endless' }),
        podAt(good.address, { name: 'good' }),
      ],
      { timeoutMs: 2000 },
    );
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(samples.map(({ pod }) => pod)).toEqual(['good']);
    const error = 'context deadline exceeded: no complete answer within 2000 ms';
    expect(targets).toMatchObject([
      { pod: 'endless', health: 'down', error, unanswered: true },
      { pod: 'good', health: 'up' },
      { pod: 'silent', health: 'down', error, unanswered: true },
    ]);
  });

  it('rejects where the pods cannot be listed', async () => {
    const refused = new Error('cannot list pods');
    const observer = { listPods: () => Promise.reject(refused) };
    await expect(look([], observer)).rejects.toBe(refused);
  });

  it('rejects, and lets go of the pods, when it is aborted', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    let closed: Promise<unknown> | undefined;
    const server = await serve((_, response) => {
      closed = once(response, 'close');
      abort.abort(reason);
    });
    const observer = directObserver({
      listPods: () => Promise.resolve([podAt(server.address)]),
      metrics: ['a'],
      timeoutMs: 60_000,
    });
    await expect(observer.look(abort.signal)).rejects.toBe(reason);
    await closed;
    await expect(observer.look(abort.signal)).rejects.toBe(reason);
  });

  it('gives the wanted series of each pod, by the order of their names', async () => {
    const [one, two] = [await serve(exposing(COUNTS)), await serve(exposing('a 1'))];
    const { samples } = await look([
      podAt(two.address, { name: 'two', release: '2.0.0' }),
      podAt(one.address, { name: 'one' }),
    ]);
    const at = expect.closeTo(Date.now(), -4) as number;
    expect(samples).toEqual([
      {
        pod: 'one',
        release: '1.0.0',
        at,
        startedAt: 1500,
        series: [{ name: 'http_requests_total', labels: { status: '200' }, value: 7 }],
        ...{ restarts: 0, ready: true, ownPaths: ['/metrics'] },
      },
      {
        ...{ pod: 'two', release: '2.0.0', at, startedAt: undefined, series: [] },
        ...{ restarts: 0, ready: true, ownPaths: ['/metrics'] },
      },
    ]);
  });

  it('says what the platform knows of a pod, and where it is scraped and probed', async () => {
    const server = await serve(exposing(COUNTS));
    const annotations = { 'prometheus.io/scrape': 'true', 'prometheus.io/path': '/own?x=1' };
    const { samples } = await look([
      {
        ...podAt(server.address, { annotations, ready: false, restarts: 3 }),
        probePaths: ['/healthy?deep=1', '/ready'],
      },
    ]);
    const ownPaths = ['/own', '/healthy', '/ready'];
    expect(samples).toMatchObject([{ ready: false, restarts: 3, ownPaths }]);
  });

  it('leaves a bad line out by itself, and tells it of a wanted series only', async () => {
    const server = await serve(exposing(`${COUNTS}http_requests_total{status="5\nother{\n`));
    const { samples, targets } = await look([podAt(server.address)]);
    expect(targets).toMatchObject([{ health: 'up', error: undefined }]);
    expect(samples[0]?.series).toHaveLength(1);
    expect(samples[0]?.faults).toEqual([
      expect.stringMatching(/^line \d+ is not in .*, got "http_requests_total\{status=/),
    ]);
  });

  it('leaves out pods that say no, have no address, or have finished', async () => {
    let asked = 0;
    const { address } = await serve((request, response) => {
      asked++;
      exposing(COUNTS)(request, response);
    });
    const { targets } = await look([
      podAt(address, { name: 'silent', annotations: { 'prometheus.io/scrape': 'false' } }),
      podAt(undefined, { name: 'pending', phase: 'Pending' }),
      podAt(address, { name: 'done', phase: 'Succeeded' }),
      podAt(address, { name: 'dead', phase: 'Failed' }),
      podAt(address, { name: 'leaving', terminating: true, ready: false }),
    ]);
    expect(targets.map(({ pod, health }) => [pod, health])).toEqual([['leaving', 'up']]);
    expect(asked).toBe(1);
  });

  it('goes where it is told with the headers that it is given, through an API server say', async () => {
    const seen: unknown[] = [];
    const proxy = await serve((request, response) => {
      seen.push([request.url, request.headers.authorization]);
      exposing(COUNTS)(request, response);
    });
    const { targets } = await look(
      [podAt(undefined), podAt(undefined, { annotations: { 'prometheus.io/scrape': 'false' } })],
      {
        urlOf: ({ name }) => ({
          url: `${proxy.url}/api/v1/namespaces/default/pods/${name}:5555/proxy/metrics`,
          headers: { authorization: 'Bearer secret' },
        }),
      },
    );
    expect(targets.map(({ health }) => health)).toEqual(['up']);
    expect(seen).toEqual([
      ['/api/v1/namespaces/default/pods/pod:5555/proxy/metrics', 'Bearer secret'],
    ]);
  });

  it('starts the requests to a thousand pods in the same tick, and waits for none before another', async ({
    annotate,
  }) => {
    const names = Array.from({ length: 1000 }, (_, i) => `pod-${i}`);
    const waiting: (() => void)[] = [];
    const arrivals: number[] = [];
    // Nobody is answered before everybody has asked.
    const server = await serve((request, response) => {
      arrivals.push(Date.now());
      waiting.push(() => {
        exposing(`http_requests_total ${request.url!.slice(1)}\n`)(request, response);
      });
      if (waiting.length === names.length) for (const answer of waiting) answer();
    });
    const ticks = new Set<number>();
    let tick = 0;
    const { samples, targets } = await look(
      names.map((name) => podAt(server.address, { name })),
      {
        timeoutMs: 20_000,
        urlOf: ({ name }) => ({ url: `${server.url}/${name.slice('pod-'.length)}` }),
        fetch: (...asked) => {
          ticks.add(tick);
          queueMicrotask(() => tick++);
          return fetch(...asked);
        },
      },
    );
    expect(ticks).toEqual(new Set([0]));
    expect(targets.filter(({ health }) => health !== 'up')).toEqual([]);
    expect(samples.map(({ pod, series }) => `${pod}: ${series[0]?.value ?? '?'}`).sort()).toEqual(
      names.map((name, i) => `${name}: ${i}`).sort(),
    );
    const spread = (times: number[]) => Math.max(...times) - Math.min(...times);
    await annotate(
      `${names.length} requests arrived within ${spread(arrivals)} ms, their answers within ${spread(samples.map(({ at }) => at))} ms`,
    );
  }, 30_000);
});
