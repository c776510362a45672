import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { LocalPod } from './pod.ts';
import { targetGroups } from './discovery.ts';

/** Answers Prometheus' HTTP service discovery with the pods that there are at that moment. */
export class DiscoveryServer {
  readonly #server: Server;

  constructor(pods: ReadonlySet<LocalPod>) {
    this.#server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
      if (pathname !== '/pods') {
        response.writeHead(404).end();
        return;
      }
      const namespaces = searchParams.getAll('namespace');
      const wanted = [...pods].filter(
        ({ identity }) => namespaces.length === 0 || namespaces.includes(identity.namespace),
      );
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(targetGroups(wanted)));
    });
  }

  /** @returns where all pods are listed; `?namespace=` narrows it */
  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    return `http://127.0.0.1:${port}/pods`;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }
}
