import type { Clock } from '@canary/rollout';
import { lines, systemClock } from '@canary/runtime';
import { fetch, Headers, type RequestInit, type Response } from 'undici';
import {
  mayRepeat,
  MOST_ATTEMPTS,
  MOST_WAITING_MILLISECONDS,
  retryAfter,
} from './access/patience.ts';
import { credentials, type Access } from './credentials.ts';
import { loadKubeconfig, type KubeconfigOptions } from './kubeconfig.ts';
import {
  errorOfAnswer,
  errorOfConnection,
  errorOfCredentials,
  type KubernetesError,
} from './kubernetes-error.ts';

/** One request to the API server. */
export interface ApiRequest {
  /** What an error says that could not be done, such as `scale Deployment canary/myapp to 3 replicas`. */
  readonly asked: string;
  readonly path: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly contentType?: string;
  /** `application/json` without. */
  readonly accept?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** An open way to a cluster, shared by everything that asks it; close it when nothing does any more. */
export interface Cluster {
  /** The API server, such as `https://127.0.0.1:6443`, without a slash at its end. */
  readonly server: string;
  /** The context's namespace. */
  readonly namespace: string;
  /** This process runs in a pod of it, as that pod's service account: pods and Services are reached directly. */
  readonly inside: boolean;
  /**
   * A server that is overloaded and says when to come again (`Retry-After`) is asked again, within
   * the call's minute.
   *
   * @throws {@link KubernetesError} where there is no answer, or none of success
   */
  request<Answer>(request: ApiRequest): Promise<Answer>;
  /** The lines of an answer that goes on, each a JSON value; errors as of `request`. */
  stream<Line>(request: ApiRequest): AsyncIterable<Line>;
  /** Any request to the API server, with the credentials; `path` may bring its query. */
  send(path: string, init?: RequestInit): Promise<Response>;
  /** Now, in milliseconds since the Unix epoch, by the API server's clock, to a second. */
  now(): number;
  /** Ends what is under way and closes every connection. */
  close(): Promise<void>;
}

/** How a cluster is reached, and what it is told. */
export interface ClusterOptions extends KubeconfigOptions {
  /** What the API server's logs call the tool, such as `canary/1.2.0`; `canary` without. */
  readonly userAgent?: string | undefined;
}

/**
 * A way to the cluster that a kubeconfig names; nothing is asked of it yet.
 *
 * @throws {@link KubernetesError} where the kubeconfig names none
 */
export function connectCluster(options: ClusterOptions = {}, clock: Clock = systemClock): Cluster {
  const config = loadKubeconfig(options);
  const { server } = config.cluster;
  const { proxy } = config;
  const known = credentials(config, clock);
  const closing = new AbortController();
  const userAgent = `${options.userAgent ?? 'canary'} (${process.platform}/${process.arch}) node/${process.versions.node}`;
  let ahead = 0;

  /** An abort is what the caller wanted, and no fault of the server's; neither is the end. */
  function failed(asked: string, signal: RequestInit['signal'], cause: unknown): KubernetesError {
    if (signal?.aborted) throw signal.reason;
    closing.signal.throwIfAborted();
    return errorOfConnection({ asked, server, cause, proxy, hide: known.hide });
  }

  async function accessFor(asked: string): Promise<Access> {
    closing.signal.throwIfAborted();
    return known.access().catch((cause: unknown) => {
      throw errorOfCredentials(asked, config.user.name, cause);
    });
  }

  async function sendAs(access: Access, asked: string, path: string, init: RequestInit) {
    try {
      const { dispatcher } = access;
      const headers = new Headers(init.headers);
      headers.set('user-agent', userAgent);
      const answer = await fetch(`${server}${path}`, { ...init, headers, dispatcher });
      // The header has whole seconds: half a one is missing on average.
      ahead = Date.parse(answer.headers.get('date') ?? '') + 500 - Date.now() || 0;
      return answer;
    } catch (cause) {
      throw failed(asked, init.signal, cause);
    }
  }

  async function send(asked: string, path: string, init: RequestInit): Promise<Response> {
    const access = await accessFor(asked);
    const answer = await sendAs(access, asked, path, init);
    if (answer.status !== 401) return answer;
    await answer.body?.cancel();
    known.forget(access);
    return sendAs(await accessFor(asked), asked, path, init);
  }

  async function ask(request: ApiRequest): Promise<Response> {
    const { asked, path, query, method = 'GET', body, signal, contentType } = request;
    const search = query ? `?${new URLSearchParams(query).toString()}` : '';
    const { accept = 'application/json' } = request;
    const init = {
      method,
      headers: {
        accept,
        ...(body === undefined ? {} : { 'content-type': contentType ?? 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    };
    for (let attempt = 1, waited = 0; ; attempt++) {
      const answer = await send(asked, `${path}${search}`, init);
      if (answer.ok) return answer;
      const wait = retryAfter(answer, clock.now());
      const gives = attempt === MOST_ATTEMPTS || !mayRepeat(answer.status, method);
      if (wait === undefined || gives || waited + wait > MOST_WAITING_MILLISECONDS) {
        const text = known.hide(await answer.text().catch(() => ''));
        throw errorOfAnswer(asked, answer.status, text, wait);
      }
      await answer.body?.cancel();
      waited += wait;
      // Of many that were told the same, not all come again at once.
      const pause = Math.max(wait, 100) * (1 + Math.random() / 5);
      await clock.sleep(pause, AbortSignal.any([closing.signal, ...(signal ? [signal] : [])]));
      signal?.throwIfAborted();
    }
  }

  return {
    server,
    namespace: config.namespace,
    inside: config.inside,
    request: async <Answer>(request: ApiRequest) => {
      const answer = await ask(request);
      try {
        return parseJson(await answer.text(), known.hide) as Answer;
      } catch (cause) {
        throw failed(request.asked, request.signal, cause);
      }
    },
    stream: async function* <Line>(request: ApiRequest) {
      const answer = await ask(request);
      try {
        const text = answer.body?.pipeThrough(new TextDecoderStream());
        for await (const line of lines(text ?? [])) yield parseJson(line, known.hide) as Line;
      } catch (cause) {
        throw failed(request.asked, request.signal, cause);
      }
    },
    send: (path, init = {}) => send(`get ${path}`, path, init),
    now: () => Date.now() + ahead,
    close: async () => {
      closing.abort(new Error(`the connection to ${server} was closed while it was in use`));
      await known.close();
    },
  };
}

/** What the parser itself says of a text that is no JSON quotes a piece out of its middle. */
function parseJson(text: string, hide: (text: string) => string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SyntaxError(
      text === '' ? 'it is empty' : `it begins with "${hide(text).slice(0, 20)}"`,
    );
  }
}
