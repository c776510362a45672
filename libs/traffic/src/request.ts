import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Outcome } from './counts.ts';

/** How one request is sent and read. */
export interface RequestOptions {
  readonly url: URL;
  readonly timeoutMs: number;
  /** Finds the version in a response's body; its first group is the version. */
  readonly versionPattern: RegExp;
}

/** Sends one GET over a connection of its own and tells what became of it; never rejects. */
export function sendRequest({ url, timeoutMs, versionPattern }: RequestOptions): Promise<Outcome> {
  return new Promise((resolve) => {
    const lost = (code: string) => {
      resolve({ kind: 'lost', code });
    };
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    // Without an agent the connection is new and is closed: kube-proxy balances connections.
    const request = send(url, { agent: false, headers: { connection: 'close' } }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('aborted', () => {
        lost('ABORTED');
      });
      response.on('end', () => {
        clearTimeout(timer);
        const version = versionPattern.exec(body)?.[1] ?? 'unknown';
        resolve({ kind: 'answered', status: response.statusCode ?? 0, version });
      });
    });
    const timer = setTimeout(() => {
      lost('TIMEOUT');
      request.destroy();
    }, timeoutMs);
    request.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      lost(error.code ?? error.message);
    });
    request.end();
  });
}
