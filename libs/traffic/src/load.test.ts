import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { startLoad, type LoadOptions } from './load.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener) {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { server, url: new URL(`http://127.0.0.1:${String(port)}/`) };
}

const run = (url: URL, options: Partial<LoadOptions> = {}) =>
  startLoad({ url, rps: 200, durationSeconds: 0.5, ...options }).done;

describe('startLoad', () => {
  it('counts a refused connection by its code', async () => {
    const { server, url } = await serve(() => undefined);
    await new Promise((resolve) => server.close(resolve));
    expect(await run(url)).toMatchObject({
      sent: 100,
      answered: 0,
      networkErrors: { ECONNREFUSED: 100 },
    });
  });

  it('counts an answer that takes too long as lost', async () => {
    const { url } = await serve(() => undefined);
    const report = await run(url, { timeoutMs: 50, durationSeconds: 0.1 });
    expect(report).toMatchObject({ sent: 20, answered: 0, networkErrors: { TIMEOUT: 20 } });
  });

  it('counts a response that breaks off as lost', async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half', () => response.destroy());
    });
    const report = await run(url, { durationSeconds: 0.05 });
    expect(report).toMatchObject({ answered: 0, inFlight: 0 });
    expect(Object.values(report.networkErrors).reduce((a, b) => a + b, 0)).toBe(report.sent);
  });

  it('skips, and says so, rather than keep more in flight than asked', async () => {
    const { url } = await serve(() => undefined);
    const report = await run(url, { maxInFlight: 5, timeoutMs: 1000, durationSeconds: 0.25 });
    expect(report).toMatchObject({ sent: 5, skipped: 45 });
  });

  it('counts per version and status, with a connection for each request', async () => {
    let [requests, connections] = [0, 0];
    const { server, url } = await serve((_, response) => {
      requests++;
      response.statusCode = requests % 4 === 0 ? 500 : 200;
      response.end(`App Version: v${String(requests % 2)}`);
    });
    server.on('connection', () => connections++);
    const report = await run(url);
    expect(report).toMatchObject({ sent: 100, answered: 100, failed: 25 });
    expect(report.networkErrors).toEqual({});
    expect(report.versions['v0']?.statuses).toEqual({ 200: 25, 500: 25 });
    expect(report.versions['v1']).toMatchObject({ statuses: { 200: 50 }, failures: undefined });
    const { firstAt = 0, lastAt = 0 } = report.versions['v0']?.failures ?? {};
    // Every fourth of 200 a second, for half a second.
    expect(lastAt - firstAt).toBeGreaterThan(400);
    expect(lastAt).toBeLessThanOrEqual(report.at);
    expect(connections).toBe(requests);
  });

  it('keeps to its rate while the service is slow, and measures from when a request was due', async () => {
    const { url } = await serve((_, response) =>
      setTimeout(() => response.end('App Version: 1'), 200),
    );
    const report = await run(url, { rps: 100, durationSeconds: 1 });
    expect(report.sent).toBe(100);
    expect(report.elapsedSeconds).toBeGreaterThan(1.15);
    expect(report.elapsedSeconds).toBeLessThan(2);
    expect(report.versions['1']?.latencyMs.p50).toBeGreaterThanOrEqual(199);
  });

  it('stops when told, and waits for what is in flight', async () => {
    const { url } = await serve((_, response) =>
      setTimeout(() => response.end('App Version: 1'), 100),
    );
    const load = startLoad({ url, rps: 100, durationSeconds: 60 });
    await expect.poll(() => load.report().answered, { interval: 10 }).toBeGreaterThan(5);
    load.stop();
    const report = await load.done;
    expect(report.inFlight).toBe(0);
    expect(report.answered).toBe(report.sent);
  });
});
