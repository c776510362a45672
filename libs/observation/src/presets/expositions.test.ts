import { readdirSync, readFileSync } from 'node:fs';
import { podTotals, seriesRules } from '@canary/rollout';
import { describe, expect, it } from 'vitest';
import { readTextFormat } from '../text-format.ts';
import { RULES } from './all-presets.ts';
import { detectedSeries, detectMetrics } from './detect-metrics.ts';
import type { Exposed } from './exposed.ts';

/**
 * Texts that real libraries served after these requests: 20 GET /ok (200), 5 GET /fail (500), 3 GET
 * /missing (404), 2 GET /slow (200 after 300 ms), 4 GET /item/1..4 (200), and in Python and Node 2 POST
 * /ok (405, 404 or 200, as the framework has it).
 */
const FOLDER = new URL('expositions/', import.meta.url);
const FILES = readdirSync(FOLDER);

/** Requests that are counted: some libraries leave 404s and 405s out. */
type Counted = 31 | 34 | 36;
type Row = readonly [
  files: string,
  requests: string,
  counted: Counted,
  /** The histogram, with its unit where its name has none; a summary, or another thing, with `!`. */
  latency: string,
];

const HTTP = 'http_request_duration_seconds';
const STABLE = 'http_server_request_duration';
const SPRING = 'http_server_requests_seconds';
const JETTY = 'io_dropwizard_jetty_MutableServletContextHandler';
const ROWS: readonly Row[] = [
  [
    'aiohttp-prometheus-exporter',
    'aiohttp_responses_total',
    36,
    'aiohttp_request_duration_seconds',
  ],
  [
    'aiohttp-prometheus',
    'aiohttp_http_requests_total',
    36,
    'aiohttp_http_request_duration_seconds',
  ],
  ['axum-prometheus', 'axum_http_requests_total', 34, 'axum_http_requests_duration_seconds'],
  ['client_golang-middleware', 'http_requests_total', 31, HTTP],
  ['client_golang', 'api_requests_total', 31, 'request_duration_seconds'],
  [
    'django-prometheus',
    'django_http_responses_total_by_status_view_method_total',
    36,
    'django_http_requests_latency_including_middlewares_seconds',
  ],
  ['dropwizard-simpleclient', `${JETTY}_Nxx_responses_total`, 34, `!${JETTY}_requests`],
  ['echoprometheus', 'myapp_requests_total', 34, 'myapp_request_duration_seconds'],
  ['express-prom-bundle-full', `${HTTP}_count`, 36, HTTP],
  ['express-prom-bundle', `${HTTP}_count`, 36, HTTP],
  ['fastify-metrics', `${HTTP}_count`, 31, HTTP],
  ['go-gin-prometheus', 'gin_requests_total', 34, '!gin_request_duration_seconds'],
  ['go-grpc-middleware', 'grpc_server_handled_total', 31, 'grpc_server_handling_seconds'],
  ['hono-prometheus-defaultmetrics', 'http_requests_total', 36, HTTP],
  ['hono-prometheus', 'http_requests_total', 36, HTTP],
  ['micronaut-micrometer', `${SPRING}_count`, 34, `!${SPRING}`],
  ['nice-grpc-prometheus', 'grpc_server_handled_total', 31, 'grpc_server_handling_seconds'],
  [
    'opentelemetry-fastapi',
    'http_server_duration_milliseconds_count',
    36,
    'http_server_duration_milliseconds',
  ],
  ['opentelemetry-fastapi-semconv-http', `${STABLE}_seconds_count`, 36, `${STABLE}_seconds`],
  ['opentelemetry-node-http-0.57', 'http_server_duration_count', 36, 'http_server_duration ms'],
  ['opentelemetry-node-http-0.57-semconv-http', `${STABLE}_count`, 36, `${STABLE} s`],
  ['opentelemetry-node-http-0.57-semconv-httpdup', `${STABLE}_count`, 36, `${STABLE} s`],
  ['opentelemetry-node-http', `${STABLE}_count`, 36, `${STABLE} s`],
  ['opentelemetry-node-http-semconv-http', `${STABLE}_count`, 36, `${STABLE} s`],
  ['otelhttp', `${STABLE}_seconds_count`, 34, `${STABLE}_seconds`],
  ['prom-client', 'http_requests_total', 36, HTTP],
  [
    'prometheus-fastapi-instrumentator',
    'http_requests_total',
    36,
    'http_request_duration_highr_seconds',
  ],
  [
    'prometheus-flask-exporter',
    'flask_http_request_total',
    36,
    'flask_http_request_duration_seconds',
  ],
  ['prometheus_client-multiprocess-gunicorn', 'http_requests_total', 36, HTTP],
  ['quarkus-micrometer', `${SPRING}_count`, 34, `!${SPRING}`],
  ['spring-default', `${SPRING}_count`, 34, `!${SPRING}`],
  ['spring-histogram', `${SPRING}_count`, 34, SPRING],
  ['starlette-exporter', 'starlette_requests_total', 31, 'starlette_request_duration_seconds'],
  ['victoriametrics-metrics', 'requests_total', 31, '!request_duration_seconds'],
];

/** Failures that the libraries themselves count otherwise than as the 5 that were answered with 500. */
const FAILED: Readonly<Record<string, number>> = {
  // It counts 404 and 405 as `5xx`, as they are exceptions in aiohttp.
  'aiohttp-prometheus': 10,
  // The handler of /item/4 threw: UNKNOWN.
  'nice-grpc-prometheus': 6,
};

/** A text, as it is asked for at `/metrics`, or thrown in, is of its library. */
const libraryOf = (file: string) => file.replace(/(?:\.raise|\.openmetrics)*\.txt$/, '');

function exposedIn(file: string): Exposed {
  const { samples, faults, metadata } = readTextFormat(readFileSync(new URL(file, FOLDER), 'utf8'));
  expect(faults).toEqual([]);
  const ownPaths = ['/metrics', '/actuator/prometheus'];
  return { series: samples, metadata: Object.fromEntries(metadata), ownPaths };
}

/** What the judge counts of it, with what was found. */
function judgedOf(exposed: Exposed, presets?: Parameters<typeof detectMetrics>[2]) {
  const detected = detectMetrics(exposed, {}, presets);
  const totals = podTotals(exposed, seriesRules(detectedSeries(detected)));
  const [, below = NaN] = [...totals.upTo].filter(([bound]) => bound <= 0.25).at(-1) ?? [];
  const slow = (totals.upTo.get(Infinity) ?? NaN) - below;
  return { detected, ...totals, slow: Number.isNaN(slow) ? undefined : slow };
}

describe('what real libraries serve', () => {
  it('is all in the table', () => {
    const libraries = [...new Set(FILES.map(libraryOf))].sort();
    const known = [...ROWS.map(([library]) => library), 'koa-prometheus-exporter'].sort();
    expect(libraries).toEqual(known);
    expect(FILES.length).toBeGreaterThan(50);
  });

  const cases = ROWS.flatMap(([library, ...row]) =>
    FILES.filter((file) => libraryOf(file) === library).map((file) => [file, ...row] as const),
  );

  it.each(cases)('%s is judged by %s', (file, requests, counted, latency) => {
    const found = judgedOf(exposedIn(file));
    expect(found.detected.requests?.metric).toBe(requests);
    expect([found.requests, found.failed]).toEqual([counted, FAILED[libraryOf(file)] ?? 5]);
    const { metric, unit, problem } = found.detected.latency!;
    const told = `${problem === undefined ? '' : '!'}${metric}${unit ? ` ${unit}` : ''}`;
    expect(told).toBe(latency);
    expect(found.slow).toBe(latency.startsWith('!') ? undefined : 2);
    // Each request once: the histogram has seen no other.
    if (found.slow !== undefined) expect(found.upTo.get(Infinity)).toBe(counted);
  });

  it.each(cases)('%s is counted by rule alone, without its preset', (file, _, counted) => {
    const found = judgedOf(exposedIn(file), RULES);
    expect([found.requests, found.failed]).toEqual([counted, FAILED[libraryOf(file)] ?? 5]);
    expect([2, undefined]).toContain(found.slow);
  });

  it('is nothing to judge by where only the process is measured', () => {
    const { detected } = judgedOf(exposedIn('koa-prometheus-exporter.txt'));
    expect(detected).toMatchObject({
      requests: undefined,
      latency: undefined,
      inFlight: undefined,
    });
    expect(detected.why.join('\n')).toMatch(/no request can be counted.*\n.*no histogram/);
  });

  it('counts each request once where both conventions of OpenTelemetry are followed', () => {
    const { detected } = judgedOf(exposedIn('opentelemetry-node-http-0.57-semconv-httpdup.txt'));
    expect(detected.ignored).toEqual([
      { metric: 'http_server_duration', why: `counts the same requests as ${STABLE}_count` },
    ]);
  });
});
