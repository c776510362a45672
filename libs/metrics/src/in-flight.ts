import type { KnownRoute } from './request-counts.ts';

/** Requests to one method and route pattern that have arrived and are not answered yet. */
interface OpenRequests {
  readonly method: string;
  readonly endpoint: string;
  readonly requests: Set<Request>;
}

/**
 * The requests in flight per route. They are kept as they are, and asked only when someone wants to
 * know: those whose client has gone are then taken out, since nobody will ever answer them.
 */
export class InFlight {
  readonly #routes = new Map<string, Map<string, OpenRequests>>();

  constructor(known: readonly KnownRoute[]) {
    for (const { method, endpoint } of known) this.#route(method, endpoint);
  }

  /** A request has arrived; what it gives is to be called once it is answered. */
  begin(method: string, endpoint: string, request: Request): () => void {
    const { requests } = this.#routes.get(endpoint)?.get(method) ?? this.#route(method, endpoint);
    requests.add(request);
    return () => {
      requests.delete(request);
    };
  }

  /** How many are open now, per route, in the order in which the routes were first seen. */
  counts(): { readonly method: string; readonly endpoint: string; readonly open: number }[] {
    return [...this.#routes.values()].flatMap((byMethod) =>
      [...byMethod.values()].map(({ method, endpoint, requests }) => {
        for (const request of requests) if (request.signal.aborted) requests.delete(request);
        return { method, endpoint, open: requests.size };
      }),
    );
  }

  #route(method: string, endpoint: string): OpenRequests {
    let byMethod = this.#routes.get(endpoint);
    if (!byMethod) this.#routes.set(endpoint, (byMethod = new Map<string, OpenRequests>()));
    let route = byMethod.get(method);
    if (!route) byMethod.set(method, (route = { method, endpoint, requests: new Set() }));
    return route;
  }
}
