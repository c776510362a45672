import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '@canary/rollout';
import type { RolloutMetrics } from './rollout-metrics.ts';

/** Metrics that can be scraped. */
export interface MetricsServer {
  readonly port: number;
  /**
   * Ends it. Where somebody scrapes, they see how it all ended first: it is waited for their next
   * scrape, at most {@link LINGER_MS}.
   */
  close(signal: AbortSignal): Promise<void>;
}

/** Three scrape intervals of our Prometheus. */
const LINGER_MS = 30_000;

/**
 * Serves `/metrics` on all addresses of a port, as Prometheus scrapes it.
 *
 * @throws an `Error` that names the port, where it cannot be had
 */
export async function serveMetrics(
  metrics: RolloutMetrics,
  port: number,
  clock: Clock,
): Promise<MetricsServer> {
  let scrapes = 0;
  let scraped: () => void = () => undefined;
  const answer = async (response: ServerResponse) => {
    const text = await metrics.text();
    response.writeHead(200, { 'content-type': metrics.contentType }).end(text, () => {
      scrapes++;
      scraped();
    });
  };
  const server = createServer((request, response) => {
    if (new URL(request.url ?? '', 'http://any').pathname !== '/metrics') {
      response.writeHead(404).end('only /metrics is here\n');
      return;
    }
    answer(response).catch((error: unknown) => {
      response.writeHead(500).end(`${String(error)}\n`);
    });
  });
  server.listen(port);
  await once(server, 'listening').catch((cause: unknown) => {
    throw new Error(
      `--serve-metrics ${port} cannot be had: ${(cause as Error).message}; name another`,
      { cause },
    );
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: async (signal) => {
      const next = new Promise<void>((resolve) => (scraped = resolve));
      const waited = new AbortController();
      if (scrapes > 0)
        await Promise.race([
          next,
          clock.sleep(LINGER_MS, AbortSignal.any([signal, waited.signal])),
        ]);
      waited.abort();
      server.close();
      server.closeIdleConnections();
    },
  };
}
