import type { Handler, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { Gauge, Registry } from 'prom-client';
import { metricDefinitions, UNMATCHED } from './definitions.ts';
import { InFlight } from './in-flight.ts';
import { precounted } from './precounted.ts';
import { processMetrics } from './process-metrics.ts';
import { RequestCounts, type KnownRoute } from './request-counts.ts';

/** What {@link httpMetrics} is told about the app that it measures. */
export interface HttpMetricsOptions {
  /** The app's version, for `app_info`. */
  readonly version: string;
  /** Routes whose series start at zero: a counter that first appears at a scrape has no rate before it. */
  readonly routes: readonly KnownRoute[];
  /** Route patterns that are not business, such as probes and the metrics themselves: never counted. */
  readonly ignore: readonly string[];
}

/** The two handlers of a measured app, and the registry behind them. */
export interface HttpMetrics {
  /** Counts every request; register it first: `app.use(metrics.count)`. */
  readonly count: MiddlewareHandler;
  /** Answers a scrape: `app.get('/metrics', metrics.expose)`. */
  readonly expose: Handler;
  /** A registry of its own, not prom-client's global one; for metrics of the app's own. */
  readonly registry: Registry;
}

const METHODS = new Map(
  ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map((m) => [m, m.toLowerCase()]),
);

/**
 * Prometheus metrics for a Hono app: `http_requests_total`, `request_processing_seconds`,
 * `http_request_duration_seconds`, `http_requests_in_flight`, `app_info` and a few of the process.
 *
 * A request counts when its handler has returned, a handler that threw as what the app's error
 * handler answered; it is in flight from its arrival until then, or until its client has gone. The
 * `endpoint` label is the route pattern; requests that reached middleware alone (`app.use`,
 * `app.all('…*')`) share the constant {@link UNMATCHED}.
 *
 * @example
 * const metrics = httpMetrics({
 *   version: '1.0.0',
 *   routes: [{ method: 'get', endpoint: '/', statuses: [200] }],
 *   ignore: ['/metrics'],
 * });
 * const app = new Hono();
 * app.use(metrics.count);
 * app.get('/metrics', metrics.expose);
 * app.get('/', (c) => c.text('hello'));
 */
export function httpMetrics({ version, routes, ignore }: HttpMetricsOptions): HttpMetrics {
  const registry = new Registry();
  const counts = new RequestCounts(routes);
  const ignored = new Set(ignore);
  registerInfo(registry, version);
  const inFlight = new InFlight(routes);
  for (const metric of [...precounted(counts, inFlight), ...processMetrics()])
    registry.registerMetric(metric);

  return {
    registry,
    count: async (c, next) => {
      const start = performance.now();
      const method = METHODS.get(c.req.method) ?? 'other';
      const matched = matchedRoutes(c);
      // Who answers is known afterwards only; until then it is the first that may.
      const expected = endpointOf(matched.find(isRoute));
      const answered = ignored.has(expected)
        ? undefined
        : inFlight.begin(method, expected, c.req.raw);
      try {
        await next();
      } finally {
        answered?.();
      }
      const endpoint = endpointOf(matched[c.req.routeIndex]);
      if (ignored.has(endpoint)) return;
      counts.add(method, endpoint, c.res.status, (performance.now() - start) / 1000);
    },
    expose: async (c) =>
      c.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType }),
  };
}

type Route = ReturnType<typeof matchedRoutes>[number];

/** What answers requests, unlike middleware. */
function isRoute({ method, path }: Route): boolean {
  return !(method === 'ALL' && path.endsWith('*'));
}

function endpointOf(route: Route | undefined): string {
  return route !== undefined && isRoute(route) ? route.path : UNMATCHED;
}

function registerInfo(registry: Registry, version: string): void {
  const { name, help, labels } = metricDefinitions.info;
  new Gauge({ name, help, labelNames: labels, registers: [registry] }).set({ version }, 1);
}
