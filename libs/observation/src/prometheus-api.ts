import type * as z from 'zod';
import { DeadlineError, withDeadline } from './deadline.ts';
import { faultOf } from './fault.ts';
import { dataOf } from './prometheus-answer.ts';
import { queryData, targetsData } from './prometheus-schemas.ts';

/** What {@link prometheusApi} is told about a Prometheus server. */
export interface PrometheusApiOptions {
  /** Where it is, with its path prefix if it has one: `http://127.0.0.1:9090`, `https://host/prometheus`. */
  readonly url: string;
  /** Sent with every request, for credentials say. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly fetch?: typeof fetch;
  /** How long it may take to answer, in milliseconds; 10 s by default. */
  readonly timeoutMs?: number;
}

/** What a query gives; times in milliseconds since the Unix epoch. */
export type QueryResult = z.output<typeof queryData>;

/** A target as Prometheus keeps it: `labels` after relabelling, `lastError` empty where there was none. */
export type ActiveTarget = z.output<typeof targetsData>[number];

/** The part of Prometheus' HTTP API that a release needs. */
export interface PrometheusApi {
  /** @throws an `Error` that names the server, what it said and the remedy */
  query(promql: string, signal?: AbortSignal): Promise<QueryResult>;
  /** @throws an `Error` that names the server, what it said and the remedy */
  targets(signal?: AbortSignal): Promise<readonly ActiveTarget[]>;
  /** Whether it is up and answers queries; never throws but for an abort of `signal`. */
  ready(signal?: AbortSignal): Promise<boolean>;
}

/**
 * A client for Prometheus' HTTP API.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/
 *
 * @example
 * const prometheus = prometheusApi({ url: 'http://127.0.0.1:9090' });
 * const result = await prometheus.query('up{job="kubernetes-pods"}');
 */
export function prometheusApi(options: PrometheusApiOptions): PrometheusApi {
  const { headers = {}, fetch = globalThis.fetch, timeoutMs = 10_000 } = options;
  const base = baseOf(options.url);
  const who = `Prometheus at ${base}`;
  const get = (path: string, accept: string, signal: AbortSignal) =>
    fetch(base + path, { headers: { accept, ...headers }, signal });

  async function ask<T>(path: string, data: z.ZodType<T>, signal?: AbortSignal): Promise<T> {
    const { response, text } = await withDeadline(timeoutMs, signal, async (within) => {
      const response = await get(path, 'application/json', within);
      return { response, text: await response.text() };
    }).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw unreachable(who, error);
    });
    return dataOf({ who, asked: decodeURIComponent(path), response, text }, data);
  }

  return {
    query: (promql, signal) =>
      ask(`/api/v1/query?query=${encodeURIComponent(promql)}`, queryData, signal),
    targets: (signal) => ask('/api/v1/targets?state=active', targetsData, signal),
    ready: async (signal) => {
      try {
        return await withDeadline(timeoutMs, signal, async (within) => {
          const response = await get('/-/ready', '*/*', within);
          await response.body?.cancel();
          return response.ok;
        });
      } catch {
        signal?.throwIfAborted();
        return false;
      }
    },
  };
}

function baseOf(url: string): string {
  if (!/^https?:/.test(url) || !URL.canParse(url))
    throw new Error(
      `${JSON.stringify(url)} is no URL of a Prometheus server; give one such as http://127.0.0.1:9090`,
    );
  const { username, password, host } = new URL(url);
  if (username !== '' || password !== '')
    throw new Error(
      `the URL of Prometheus at ${host} has credentials in it, which fetch refuses; pass them as an authorization header`,
    );
  return url.replace(/\/+$/, '');
}

function unreachable(who: string, error: unknown): Error {
  return error instanceof DeadlineError
    ? new Error(`${who} is too slow: ${error.message}; see its load, or allow it more time`, {
        cause: error,
      })
    : new Error(
        `${who} cannot be reached: ${faultOf(error)}; check that it runs and that this is its URL`,
        { cause: error },
      );
}
