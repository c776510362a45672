import type { ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { startServer, type TestServer } from './server.ts';

/** Answers in Prometheus' place, and keeps what it was asked. */
export interface FakePrometheus extends TestServer {
  /** Path and decoded query of every request, in the order of their arrival. */
  readonly asked: string[];
}

/** @param answers by path without the query: `data` of a successful answer, or a function that answers itself */
export async function fakePrometheus(
  answers: Readonly<Record<string, object | ((response: ServerResponse) => void)>>,
): Promise<FakePrometheus> {
  const asked: string[] = [];
  const server = await startServer((request, response) => {
    asked.push(decodeURIComponent(request.url ?? ''));
    const answer = answers[new URL(request.url ?? '', 'http://fake').pathname];
    if (answer === undefined) response.writeHead(404).end('404 page not found');
    else if (typeof answer === 'function') answer(response);
    else sendJson(response, 200, { status: 'success', data: answer });
  });
  onTestFinished(() => server.close());
  return { ...server, asked };
}

export function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
