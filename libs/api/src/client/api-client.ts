import type { Backlog } from '../live/sample-ring.ts';
import type { Sample } from '../live/sample.ts';
import type { ActionResult } from '../server/actor.ts';
import type { ActionName } from '../view/offers.ts';
import type { PageView } from '../view/page-view.ts';
import { eventStream } from './event-stream.ts';

/** Everything at once, as `GET /api/view` gives it. */
export interface Everything extends Backlog {
  readonly view: PageView;
}

/** The server refuses: a wrong token, or an action that is not taken. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What is told of a stream. */
export interface StreamListener {
  readonly onView: (view: PageView) => void;
  readonly onBacklog: (backlog: Backlog) => void;
  readonly onSample: (sample: Sample) => void;
  /** `lost`: it is tried again; `refused`: it is not, as the token is wrong. */
  readonly onConnection: (state: 'open' | 'lost' | 'refused') => void;
}

/** Asks the server of a live page. */
export interface ApiClient {
  everything(): Promise<Everything>;
  /** Listens until `signal` aborts, and connects again by itself after every loss. */
  listen(listener: StreamListener, signal: AbortSignal): Promise<void>;
  /** @throws {@link RefusedError} where the server takes no such action */
  act(action: ActionName, reason: string): Promise<ActionResult>;
}

type Init = Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> };

/** A stream that is silent for so long is dead: the server gives a sign every five seconds. */
const SILENCE_MS = 12_000;
const PAUSES_MS = [250, 500, 1000, 2000];

/**
 * The typed client of the server at an address.
 *
 * @param base the server's address, such as `http://127.0.0.1:7777`
 */
export function apiClient(base: string, token: string, ask: typeof fetch = fetch): ApiClient {
  const request = async (path: string, init: Init = {}): Promise<Response> => {
    const headers = { authorization: `Bearer ${token}`, ...init.headers };
    const response = await ask(new URL(path, base), { ...init, headers });
    if (response.ok || response.status === 409) return response;
    const body = (await response.json().catch(() => ({}))) as { readonly error?: string };
    throw new RefusedError(response.status, body.error ?? `the server says ${response.status}`);
  };
  return {
    everything: async () => (await request('/api/view')).json() as Promise<Everything>,
    act: async (action, reason) => {
      const response = await request(`/api/actions/${action}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-canary-action': action },
        body: JSON.stringify({ reason }),
      });
      return (await response.json()) as ActionResult;
    },
    listen: async (listener, signal) => {
      let attempt = 0;
      const isAborted = () => signal.aborted;
      while (!isAborted()) {
        try {
          await listenOnce(request, listener, signal, () => (attempt = 0));
        } catch (error) {
          if (error instanceof RefusedError && error.status === 401) {
            listener.onConnection('refused');
            return;
          }
        }
        if (isAborted()) return;
        listener.onConnection('lost');
        await pause(PAUSES_MS[Math.min(attempt++, PAUSES_MS.length - 1)]!, signal);
      }
    },
  };
}

async function listenOnce(
  request: (path: string, init: Init) => Promise<Response>,
  listener: StreamListener,
  signal: AbortSignal,
  onOpen: () => void,
): Promise<void> {
  const silence = new AbortController();
  let timer = setTimeout(abort, SILENCE_MS);
  function abort() {
    silence.abort();
  }
  try {
    const either = AbortSignal.any([signal, silence.signal]);
    const response = await request('/api/stream', { signal: either });
    if (!response.body) return;
    onOpen();
    listener.onConnection('open');
    for await (const { event, data } of eventStream(response.body)) {
      clearTimeout(timer);
      timer = setTimeout(abort, SILENCE_MS);
      if (event === 'view') listener.onView(JSON.parse(data) as PageView);
      else if (event === 'backlog') listener.onBacklog(JSON.parse(data) as Backlog);
      else if (event === 'sample') listener.onSample(JSON.parse(data) as Sample);
    }
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}
