import { once } from 'node:events';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { directObserver, type DirectObserverOptions, type ReleasedPod } from './direct-observer.ts';
import { podAt } from './testing/pods.ts';
import { exposing, startServer, type TestServer } from './testing/server.ts';

const look = (pods: readonly ReleasedPod[], own: Partial<DirectObserverOptions> = {}) =>
  directObserver({
    listPods: () => Promise.resolve(pods),
    metrics: ['http_requests_total'],
    timeoutMs: 5000,
    ...own,
  }).look();

async function serve(listener: RequestListener): Promise<TestServer> {
  const server = await startServer(listener);
  onTestFinished(() => server.close());
  return server;
}

/** What a look at one pod, served like this, says of its health. */
async function healthOf(listener: RequestListener, own: Partial<DirectObserverOptions> = {}) {
  const { targets, samples } = await look([podAt((await serve(listener)).address)], own);
  const [{ health, error }] = targets as [(typeof targets)[0]];
  return { health, error, samples: samples.length };
}

const down = (error: string) => ({ health: 'down', error, samples: 0 });
const COUNTS = 'http_requests_total{status="200"} 7\nprocess_start_time_seconds 1.5\nother 1\n';

describe('directObserver gives as the reason why a pod is down', () => {
  it('that nobody listens', async () => {
    const gone = await startServer(exposing(COUNTS));
    await gone.close();
    const { targets, samples } = await look([podAt(gone.address)]);
    expect(samples).toEqual([]);
    expect(targets).toEqual([
      {
        pod: 'pod',
        release: '1.0.0',
        url: `${gone.url}/metrics`,
        health: 'down',
        error: 'connection refused',
      },
    ]);
  });

  it.each([
    [404, 'server returned HTTP status 404 Not Found'],
    [503, 'server returned HTTP status 503 Service Unavailable'],
    [204, 'server returned HTTP status 204 No Content'],
  ])('the HTTP status %i', async (status, error) => {
    const health = await healthOf((_, response) => response.writeHead(status).end());
    expect(health).toEqual(down(error));
  });

  it.each([
    'text/html; charset=utf-8',
    'application/openmetrics-text; version=1.0.0',
    'text/plainer',
  ])('the content type %s', async (type) => {
    const error = `received unsupported Content-Type "${type}", expected text/plain`;
    expect(await healthOf(exposing(COUNTS, type))).toEqual(down(error));
  });

  it('that there is no content type', async () => {
    const error = 'received no Content-Type, expected text/plain';
    expect(await healthOf((_, response) => response.end(COUNTS))).toEqual(down(error));
  });

  it('the line that is not in the text format', async () => {
    expect(await healthOf(exposing('a 1\n<p>hello</p>\n'))).toEqual(
      down(
        'line 2 is not in the Prometheus text format: expected a metric name, got "<p>hello</p>"',
      ),
    );
  });

  it('that the text is not UTF-8', async () => {
    const listener: RequestListener = (_, response) =>
      response.setHeader('content-type', 'text/plain').end(Buffer.from([0x61, 0xff]));
    expect(await healthOf(listener)).toEqual(down('the body is not UTF-8'));
  });

  it('that the connection broke inside the body', async () => {
    const listener: RequestListener = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain', 'content-length': 1000 });
      response.write(COUNTS, () => response.destroy());
    };
    expect(await healthOf(listener)).toEqual(
      down('connection closed before the answer was complete'),
    );
  });

  it('that the pod closes every connection', async () => {
    expect(await healthOf((request) => request.socket.destroy())).toEqual(
      down('connection closed before the answer was complete'),
    );
  });

  it('a body without end, which it stops reading', async () => {
    let closed: Promise<unknown> | undefined;
    const listener: RequestListener = (_, response) => {
      closed = once(response, 'close');
      response.setHeader('content-type', 'text/plain');
      const more = () => {
        while (!response.destroyed && response.write('# more\n'.repeat(1000)));
      };
      response.on('drain', more);
      more();
    };
    expect(await healthOf(listener, { maxBytes: 100_000 })).toEqual(
      down('body size limit of 100000 bytes exceeded'),
    );
    await closed;
  });

  it('a body that is small only as long as it is packed', async () => {
    const packed = gzipSync(Buffer.alloc(10_000_000, '#'));
    const listener: RequestListener = (_, response) =>
      response
        .writeHead(200, { 'content-type': 'text/plain', 'content-encoding': 'gzip' })
        .end(packed);
    expect(packed.length).toBeLessThan(100_000);
    expect(await healthOf(listener, { maxBytes: 100_000 })).toEqual(
      down('body size limit of 100000 bytes exceeded'),
    );
  });
});

describe('directObserver waits no longer than its timeout', () => {
  it.each<[string, RequestListener]>([
    ['that never answers', () => undefined],
    [
      'whose body never ends',
      (_, response) => response.writeHead(200, { 'content-type': 'text/plain' }).write('a 1\n'),
    ],
  ])('for a pod %s, and has the others', async (_, listener) => {
    const [good, hanging] = [await serve(exposing(COUNTS)), await serve(listener)];
    const start = performance.now();
    const { targets, samples } = await look(
      [podAt(hanging.address, { name: 'hanging' }), podAt(good.address, { name: 'good' })],
      { timeoutMs: 200 },
    );
    expect(performance.now() - start).toBeLessThan(1500);
    expect(samples.map(({ pod }) => pod)).toEqual(['good']);
    expect(targets.map(({ health, error }) => [health, error])).toEqual([
      ['up', undefined],
      ['down', 'context deadline exceeded: no complete answer within 200 ms'],
    ]);
  });
});

describe('directObserver', () => {
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
      },
      { pod: 'two', release: '2.0.0', at, startedAt: undefined, series: [] },
    ]);
  });

  it('leaves out pods that do not ask, have no address, or have finished', async () => {
    let asked = 0;
    const { address } = await serve((request, response) => {
      asked++;
      exposing(COUNTS)(request, response);
    });
    const { targets } = await look([
      podAt(address, { name: 'silent', annotations: {} }),
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
      seen.push([request.url, request.headers.authorization, request.headers.accept]);
      exposing(COUNTS)(request, response);
    });
    const { targets } = await look([podAt(undefined)], {
      urlOf: ({ name }) => ({
        url: `${proxy.url}/api/v1/namespaces/default/pods/${name}:5555/proxy/metrics`,
        headers: { authorization: 'Bearer secret' },
      }),
    });
    expect(targets[0]?.health).toBe('up');
    expect(seen).toEqual([
      [
        '/api/v1/namespaces/default/pods/pod:5555/proxy/metrics',
        'Bearer secret',
        'text/plain;version=0.0.4;q=1,*/*;q=0.1',
      ],
    ]);
  });

  it('asks once more where a kept-alive connection closes under the request', async () => {
    const answer = `HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: ${COUNTS.length}\r\n\r\n${COUNTS}`;
    let connections = 0;
    const server = createTcpServer((socket) => {
      connections++;
      socket.once('data', () => {
        socket.write(answer);
        socket.once('data', () => socket.destroy());
      });
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const pods = [podAt(`127.0.0.1:${(server.address() as AddressInfo).port}`)];
    const healths = [await look(pods), await look(pods)].map(({ targets }) => targets[0]?.health);
    expect(healths).toEqual(['up', 'up']);
    expect(connections).toBe(2);
  });

  it('notes as the time of a sample when the head of the response arrived', async () => {
    let now = 1000;
    let headSeen: () => void;
    const head = new Promise<void>((resolve) => (headSeen = resolve));
    const server = await serve((_, response) => {
      now = 2000;
      response.writeHead(200, { 'content-type': 'text/plain' }).write('a 1\n');
      void head.then(() => {
        now = 3000;
        response.end('b 2\n');
      });
    });
    const clock = () => {
      if (now === 2000) headSeen();
      return now;
    };
    const { at, samples } = await look([podAt(server.address)], { clock });
    expect([at, samples[0]?.at]).toEqual([1000, 2000]);
  });

  it('starts the requests to a thousand pods in the same tick, and waits for none before another', async () => {
    const names = Array.from({ length: 1000 }, (_, i) => `pod-${i}`);
    const waiting: (() => void)[] = [];
    // Nobody is answered before everybody has asked.
    const server = await serve((request, response) => {
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
  });
});
