import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

interface FakeObject {
  readonly metadata: { readonly name: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

interface Watch {
  readonly name: string;
  readonly query: URLSearchParams;
}

/** What one request gets instead of what the collection holds. */
interface Scripted {
  readonly method?: string;
  /** What the URL has to match. */
  readonly url: RegExp;
  readonly status: number;
  /** Sent as it is where it is text, as JSON where not. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Enough of an API server to read, list, watch and save, which breaks in the ways that real ones do. */
export interface FakeApiServer {
  readonly kubeconfig: string;
  readonly url: string;
  /** Method and URL of every request, in order. */
  readonly requests: readonly { method: string; url: string; authorization: string | undefined }[];
  /** Puts an object into the collection, such as `pods`, and tells those who watch it. */
  put(collection: string, object: FakeObject): void;
  remove(collection: string, name: string): void;
  /** The next request that matches gets this answer. */
  next(scripted: Scripted): void;
  /** Sends every watch this event, as it is. */
  event(event: unknown): void;
  /** Cuts every connection, as a load balancer does. */
  cut(): void;
  /** Bytes that were sent so far, with the headers. */
  sent(): number;
  /** Watches that are open now. */
  watches(): number;
  down(): Promise<void>;
  up(): Promise<void>;
}

/** A fake API server for the test that runs, gone with it. */
export async function fakeApiServer(user: object = { token: 'secret' }): Promise<FakeApiServer> {
  const collections = new Map<string, Map<string, FakeObject>>();
  const watches = new Map<ServerResponse, Watch>();
  const sockets = new Set<Socket>();
  const requests: { method: string; url: string; authorization: string | undefined }[] = [];
  const scripts: Scripted[] = [];
  const history: { at: number; name: string; line: string; object: FakeObject }[] = [];
  let version = 100;

  const collection = (name: string) => {
    const found = collections.get(name) ?? new Map<string, FakeObject>();
    collections.set(name, found);
    return found;
  };
  const tell = (name: string, type: string, object: FakeObject) => {
    const line = `${JSON.stringify({ type, object })}\n`;
    history.push({ at: version, name, line, object });
    for (const [response, watched] of watches)
      if (watched.name === name && isSelected(object, watched.query)) response.write(line);
  };
  const versioned = (object: FakeObject): FakeObject => ({
    ...object,
    metadata: { ...object.metadata, resourceVersion: String(++version) },
  });

  const server = createServer((request, response) => {
    const { method = '', url = '' } = request;
    requests.push({ method, url, authorization: request.headers.authorization });
    const index = scripts.findIndex(
      (script) => script.url.test(url) && (script.method ?? method) === method,
    );
    const [scripted] = index < 0 ? [] : scripts.splice(index, 1);
    if (scripted) {
      const { status, body = {}, headers } = scripted;
      response
        .writeHead(status, headers)
        .end(typeof body === 'string' ? body : JSON.stringify(body));
      return;
    }
    const { pathname, searchParams } = new URL(url, 'http://fake');
    const name = pathname.split('/').at(-1) ?? '';
    const [, kind, one] = /\/namespaces\/[^/]+\/([^/]+)\/([^/]+)$/.exec(pathname) ?? [];
    if (kind !== undefined && one !== undefined && method === 'GET') {
      const found = collection(kind).get(one);
      response.writeHead(found ? 200 : 404).end(JSON.stringify(found ?? {}));
      return;
    }
    if (!searchParams.has('watch')) {
      const metadata = { resourceVersion: String(version) };
      const items = [...collection(name).values()].filter((object) =>
        isSelected(object, searchParams),
      );
      response.end(JSON.stringify({ metadata, items }));
      return;
    }
    watches.set(response, { name, query: searchParams });
    response.once('close', () => watches.delete(response)).writeHead(200);
    response.flushHeaders();
    const since = Number(searchParams.get('resourceVersion'));
    for (const past of history)
      if (past.name === name && past.at > since && isSelected(past.object, searchParams))
        response.write(past.line);
  });

  server.on('connection', (socket) => sockets.add(socket));

  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const down = () =>
    new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  onTestFinished(down);

  return {
    kubeconfig: await kubeconfigFile({ server: url, user }),
    url,
    requests,
    put: (name, object) => {
      const type = collection(name).has(object.metadata.name) ? 'MODIFIED' : 'ADDED';
      const changed = versioned(object);
      collection(name).set(object.metadata.name, changed);
      tell(name, type, changed);
    },
    remove: (name, key) => {
      const found = collection(name).get(key);
      collection(name).delete(key);
      if (found) tell(name, 'DELETED', versioned(found));
    },
    next: (scripted) => scripts.push(scripted),
    event: (event) => {
      for (const response of watches.keys()) response.write(`${JSON.stringify(event)}\n`);
    },
    cut: () => {
      server.closeAllConnections();
    },
    sent: () => [...sockets].reduce((sum, { bytesWritten }) => sum + bytesWritten, 0),
    watches: () => watches.size,
    down,
    up: () => listen(port),
  };
}

/** Whether the query's selectors take it, as far as `key=value`, `key in (a,b)` and a name go. */
function isSelected({ metadata }: FakeObject, query: URLSearchParams): boolean {
  const field = query.get('fieldSelector');
  if (field !== null && field !== `metadata.name=${metadata.name}`) return false;
  const labels = (metadata['labels'] ?? {}) as Record<string, string>;
  return (query.get('labelSelector') ?? '')
    .split(/,(?![^(]*\))/)
    .filter((term) => term !== '')
    .every((term) => {
      const [, key = '', one, several = ''] = /^([^ =]+)(?:=(.*)| in \((.*)\))$/.exec(term) ?? [];
      return (one === undefined ? several.split(',') : [one]).includes(labels[key] ?? '');
    });
}

/** A kubeconfig of one context, for the test that runs. */
export async function kubeconfigFile(
  to: { server: string; user?: object; cluster?: object },
  context = 'test',
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'canary-kubeconfig-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'config');
  const config = {
    clusters: [{ name: 'one', cluster: { server: to.server, ...to.cluster } }],
    users: [{ name: 'me', user: to.user ?? {} }],
    contexts: [{ name: 'test', context: { cluster: 'one', user: 'me', namespace: 'canary' } }],
    'current-context': context,
  };
  await writeFile(file, JSON.stringify(config));
  return file;
}
