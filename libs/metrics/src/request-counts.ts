import { durationBuckets } from './definitions.ts';

/** A route whose series are known before its first request, so that they start at zero. */
export interface KnownRoute {
  /** Lower-case HTTP method, such as `get`. */
  readonly method: string;
  /** Route pattern as given to Hono, such as `/users/:id`. */
  readonly endpoint: string;
  /** Status codes that the route is known to answer with. */
  readonly statuses: readonly number[];
}

/** What was counted for one method and route pattern. */
export interface RouteCounts {
  readonly method: string;
  readonly endpoint: string;
  /** Requests answered, by status code; a known status that did not occur yet is 0. */
  readonly byStatus: Map<number, number>;
  /** Requests per duration bucket, not cumulative; the last one holds what is above every bound. */
  readonly buckets: number[];
  /** Sum of all durations, in seconds. */
  seconds: number;
}

/** Counts requests per route in plain arrays: nothing is hashed or formatted until someone asks. */
export class RequestCounts {
  readonly #routes = new Map<string, Map<string, RouteCounts>>();

  constructor(known: readonly KnownRoute[]) {
    for (const { method, endpoint, statuses } of known) {
      const { byStatus } = this.#route(method, endpoint);
      for (const status of statuses) byStatus.set(status, 0);
    }
  }

  /** Counts one answered request; `seconds` is how long it took. */
  add(method: string, endpoint: string, status: number, seconds: number): void {
    const route = this.#routes.get(endpoint)?.get(method) ?? this.#route(method, endpoint);
    route.byStatus.set(status, (route.byStatus.get(status) ?? 0) + 1);
    route.seconds += seconds;
    let bucket = 0;
    while (bucket < durationBuckets.length && seconds > durationBuckets[bucket]!) {
      bucket++;
    }
    route.buckets[bucket] = route.buckets[bucket]! + 1;
  }

  /** All routes with something to tell, in the order in which they were first seen. */
  *routes(): Iterable<RouteCounts> {
    for (const byMethod of this.#routes.values()) yield* byMethod.values();
  }

  #route(method: string, endpoint: string): RouteCounts {
    let byMethod = this.#routes.get(endpoint);
    if (!byMethod) this.#routes.set(endpoint, (byMethod = new Map<string, RouteCounts>()));
    let route = byMethod.get(method);
    if (!route) {
      const buckets = Array.from({ length: durationBuckets.length + 1 }, () => 0);
      route = { method, endpoint, byStatus: new Map(), buckets, seconds: 0 };
      byMethod.set(method, route);
    }
    return route;
  }
}
