import { Counts } from './counts.ts';
import type { TrafficReport } from './report.ts';
import { sendRequest } from './request.ts';

/** What a load is like. */
export interface LoadOptions {
  /** An http or https address. */
  readonly url: URL;
  /** Requests per second, above 0. */
  readonly rps: number;
  /** When the load ends by itself, in seconds. */
  readonly durationSeconds: number;
  /** Above so many unanswered requests, those that fall due are skipped and counted; 1000 by default. */
  readonly maxInFlight?: number;
  /** After so many milliseconds a request counts as lost; 10,000 by default. */
  readonly timeoutMs?: number;
  /** Finds the version in a response's body; its first group is the version. */
  readonly versionPattern?: RegExp;
}

/** A load under way. */
export interface Load {
  /** The counts so far. */
  report(): TrafficReport;
  /** Sends no more; what is in flight is still waited for. */
  stop(): void;
  /** Resolves with the final counts once the last request was answered or lost. */
  readonly done: Promise<TrafficReport>;
}

/**
 * Starts an open-loop load: requests leave at a constant rate, whether or not earlier ones were
 * answered, and latency counts from the moment a request was due, so that a slow service cannot
 * hide behind a generator that waits for it. Each request opens a connection of its own.
 *
 * @example
 * const load = startLoad({ url: new URL('http://127.0.0.1:5555/'), rps: 50, durationSeconds: 10 });
 * const { sent, versions } = await load.done;
 */
export function startLoad(options: LoadOptions): Load {
  const { url, rps, durationSeconds, maxInFlight = 1000, timeoutMs = 10_000 } = options;
  const { versionPattern = /App Version: (\S+)/ } = options;
  const counts = new Counts();
  const start = performance.now();
  const total = Math.round(rps * durationSeconds);
  let next = 0;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const { promise: done, resolve } = withResolvers<TrafficReport>();

  const dueAt = (index: number) => start + (index * 1000) / rps;
  const finishIfIdle = () => {
    if (stopped && counts.inFlight === 0) resolve(counts.report());
  };
  const stop = () => {
    stopped = true;
    clearTimeout(timer);
    finishIfIdle();
  };
  const send = (due: number) => {
    if (counts.inFlight >= maxInFlight) {
      counts.skip();
      return;
    }
    counts.send();
    void sendRequest({ url, timeoutMs, versionPattern }).then((outcome) => {
      counts.settle(outcome, performance.now() - due);
      finishIfIdle();
    });
  };
  const tick = () => {
    const now = performance.now();
    for (; next < total && dueAt(next) <= now; next++) send(dueAt(next));
    if (next < total) timer = setTimeout(tick, dueAt(next) - now);
    else stop();
  };

  tick();
  return { report: () => counts.report(), stop, done };
}

/** `Promise.withResolvers` of Node 22. */
function withResolvers<Value>() {
  let resolve!: (value: Value) => void;
  const promise = new Promise<Value>((resolveIt) => (resolve = resolveIt));
  return { promise, resolve };
}
