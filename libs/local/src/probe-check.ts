import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import type { ProbeSpec } from './pod-schema.ts';

/** What one look of a probe shows: undefined where all is well, the failure in a sentence otherwise. */
export type Failure = string | undefined;

/**
 * Looks once, as a kubelet does: an HTTP status from 200 to 399 is well, and so is a TCP
 * connection that is accepted. A probe without either is always well.
 *
 * @param hostPort the port of this machine that stands for a port or a port's name of the container
 */
export function checkProbe(
  { httpGet, tcpSocket }: Pick<ProbeSpec, 'httpGet' | 'tcpSocket'>,
  hostPort: (port: number | string) => number | undefined,
  signal: AbortSignal,
): Promise<Failure> {
  const wanted = httpGet?.port ?? tcpSocket?.port;
  if (wanted === undefined) return Promise.resolve(undefined);
  const port = hostPort(wanted);
  if (port === undefined)
    return Promise.resolve(`the container declares no port ${wanted}; add it to its ports`);
  return httpGet ? checkHttp(httpGet, port, signal) : checkTcp(port, signal);
}

function checkHttp(
  { path, scheme, httpHeaders }: NonNullable<ProbeSpec['httpGet']>,
  port: number,
  signal: AbortSignal,
): Promise<Failure> {
  return new Promise((resolve) => {
    const headers = Object.fromEntries(httpHeaders.map(({ name, value }) => [name, value]));
    const target = {
      host: '127.0.0.1',
      port,
      path: path.startsWith('/') ? path : `/${path}`,
      headers: { 'User-Agent': 'kube-probe', ...headers },
      // A connection per probe, and certificates are not looked at: both as a kubelet does.
      agent: false as const,
      rejectUnauthorized: false,
      signal,
    };
    const request = (scheme === 'HTTPS' ? httpsRequest : httpRequest)(target, (response) => {
      const status = response.statusCode ?? 0;
      response.destroy();
      const well = status >= 200 && status < 400;
      resolve(well ? undefined : `HTTP probe failed with statuscode: ${status}`);
    });
    request.once('error', (error) => {
      const url = `${scheme.toLowerCase()}://127.0.0.1:${port}${target.path}`;
      resolve(`Get "${url}": ${error.message}`);
    });
    request.end();
  });
}

function checkTcp(port: number, signal: AbortSignal): Promise<Failure> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', signal });
    socket.once('connect', () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.once('error', (error) => {
      resolve(`dial tcp 127.0.0.1:${port}: ${error.message}`);
    });
  });
}
