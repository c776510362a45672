import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { checkProbe, type Failure } from './probe-check.ts';

const signal = new AbortController().signal;

/** What a probe says of a server that answers with this status, or not at all. */
async function look(status: number | undefined, path = '/healthy'): Promise<Failure> {
  const paths: (string | undefined)[] = [];
  const time = new AbortController();
  const server = createServer((request, response) => {
    paths.push(request.url);
    if (status === undefined) time.abort();
    else response.writeHead(status, { Location: '/elsewhere' }).end();
  });
  server.listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const httpGet = { path, port: 80, scheme: 'HTTP' as const, httpHeaders: [] };
  const failure = await checkProbe({ httpGet }, () => port, time.signal);
  expect(paths).toEqual(['/healthy']);
  return failure;
}

it('names the port that the container does not have', async () => {
  const tcpSocket = { port: 'admin' };
  expect(await checkProbe({ tcpSocket }, () => undefined, signal)).toBe(
    'the container declares no port admin; add it to its ports',
  );
});

it('fails where nobody listens', async () => {
  const tcpSocket = { port: 80 };
  expect(await checkProbe({ tcpSocket }, () => 1, signal)).toMatch(
    /^dial tcp 127.0.0.1:1: .*REFUSED/,
  );
  const httpGet = { path: '/', port: 80, scheme: 'HTTP' as const, httpHeaders: [] };
  expect(await checkProbe({ httpGet }, () => 1, signal)).toMatch(/^Get "http:.*REFUSED/);
});

it.each([404, 500, 503])('fails by the status %i', async (status) => {
  expect(await look(status)).toBe(`HTTP probe failed with statuscode: ${status}`);
});

it('fails when its time is over before an answer', async () => {
  expect(await look(undefined)).toMatch(/aborted/);
});

it.each([200, 204, 302])('is well by the status %i, and follows nowhere', async (status) => {
  expect(await look(status)).toBeUndefined();
});

it('takes a path without a slash in front', async () => {
  expect(await look(200, 'healthy')).toBeUndefined();
});
