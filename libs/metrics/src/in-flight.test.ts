import { once } from 'node:events';
import { get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { httpMetrics } from './http-metrics.ts';

/** An app of which a test says when it answers. */
function waitingApp() {
  const metrics = httpMetrics({
    version: '1.0.0',
    routes: [{ method: 'get', endpoint: '/', statuses: [200] }],
    ignore: ['/healthy'],
  });
  const app = new Hono();
  let end: (throws?: unknown) => void = () => undefined;
  const wait = () =>
    new Promise<void>((resolve, reject) => {
      end = (throws) => {
        if (throws === undefined) resolve();
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- handlers may throw anything
        else reject(throws);
      };
    });
  app.use(metrics.count);
  for (const path of ['/', '/users/:id', '/healthy'])
    app.get(path, async (c) => {
      await wait();
      return c.text('ok');
    });
  app.use('/late/*', async (_, next) => {
    await wait();
    await next();
  });
  const inFlight = async () => {
    const text = await metrics.registry.getSingleMetricAsString('http_requests_in_flight');
    return text.split('\n').filter((line) => line.startsWith('http_requests_in_flight'));
  };
  return {
    app,
    inFlight,
    end: (throws?: unknown): void => {
      end(throws);
    },
  };
}

const open = (endpoint: string, count: number) =>
  `http_requests_in_flight{method="get",endpoint="${endpoint}"} ${count}`;

describe('http_requests_in_flight', () => {
  it('is up from the arrival of a request to its answer', async () => {
    const { app, inFlight, end } = waitingApp();
    expect(await inFlight()).toEqual([open('/', 0)]);
    const answer = app.request('/users/1');
    expect(await inFlight()).toEqual([open('/', 0), open('/users/:id', 1)]);
    end();
    await answer;
    expect(await inFlight()).toEqual([open('/', 0), open('/users/:id', 0)]);
  });

  it('is down again when a handler throws, be it an error or anything else', async () => {
    const { app, inFlight, end } = waitingApp();
    for (const thrown of [new Error('broken on purpose'), 'no error at all']) {
      app.onError((_, c) => c.text('failed', 500));
      const answer = Promise.resolve(app.request('/')).catch(() => undefined);
      expect(await inFlight()).toEqual([open('/', 1)]);
      end(thrown);
      await answer;
      expect(await inFlight()).toEqual([open('/', 0)]);
    }
  });

  it('counts what no route matches under one constant label', async () => {
    const { app, inFlight, end } = waitingApp();
    const answers = [app.request('/late/1'), app.request('/late/2?e=f')];
    expect(await inFlight()).toEqual([open('/', 0), open('unmatched', 2)]);
    end();
    await answers[1];
    expect(await inFlight()).toEqual([open('/', 0), open('unmatched', 1)]);
  });

  it('leaves probes out', async () => {
    const { app, inFlight, end } = waitingApp();
    const answer = app.request('/healthy');
    expect(await inFlight()).toEqual([open('/', 0)]);
    end();
    await answer;
  });
});

describe('http_requests_in_flight of a server', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  it('is down again when the connection is gone before the answer', async () => {
    const { app, inFlight } = waitingApp();
    server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as Server;
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const request = get({ port, path: '/', agent: false }).on('error', () => undefined);
    await vi.waitFor(async () => {
      expect(await inFlight()).toEqual([open('/', 1)]);
    });
    request.destroy();
    await vi.waitFor(async () => {
      expect(await inFlight()).toEqual([open('/', 0)]);
    });
  });
});
