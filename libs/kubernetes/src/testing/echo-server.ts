import { createServer as createPlain, type RequestListener } from 'node:http';
import { createServer as createTls } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { Certificate } from './certificates.ts';

/** A request as it came, to the letter. */
export interface Echo {
  readonly url: string;
  /** Every header line, such as `impersonate-group: developers`, with the name in lower case. */
  readonly lines: readonly string[];
  /** The client's certificate's common name, where it showed one. */
  readonly client: string | undefined;
  /** The name that it asked the certificate for. */
  readonly servername: string | undefined;
}

/** A server that answers every request with `{}` and keeps what came; gone with the test. */
export async function echoServer(
  options: {
    /** With one it speaks TLS, and asks clients for theirs. */
    certificate?: Certificate;
    ca?: string;
    /** Answers instead of it, where it returns true. */
    answer?: (...to: Parameters<RequestListener>) => boolean;
  } = {},
) {
  const { certificate, ca, answer } = options;
  const requests: Echo[] = [];
  const listener: RequestListener = (request, response) => {
    const { rawHeaders, url = '' } = request;
    const socket = request.socket as Partial<TLSSocket>;
    const { servername } = socket;
    requests.push({
      url,
      lines: rawHeaders.flatMap((name, index) =>
        index % 2 === 0 ? [`${name.toLowerCase()}: ${rawHeaders[index + 1] ?? ''}`] : [],
      ),
      client: commonName(socket),
      servername: typeof servername === 'string' ? servername : undefined,
    });
    if (!answer?.(request, response)) response.end('{}');
  };
  const server = certificate
    ? createTls({ ...certificate, ca, requestCert: true, rejectUnauthorized: false }, listener)
    : createPlain(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  );
  const { port } = server.address() as AddressInfo;
  return { port, requests, url: `${certificate ? 'https' : 'http'}://127.0.0.1:${port}` };
}

/** Node says `{}` of a client that shows none. */
function commonName(socket: Partial<TLSSocket>): string | undefined {
  const shown = socket.getPeerCertificate?.() as { subject?: { CN?: string } } | undefined;
  return shown?.subject?.CN;
}
