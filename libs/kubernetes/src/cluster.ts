import { lines } from '@canary/runtime';
import { fetch, Headers, type RequestInit, type Response } from 'undici';
import { credentials } from './credentials.ts';
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
  /** @throws {@link KubernetesError} where there is no answer, or none of success */
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

/** What the client calls the context that it makes of a pod's service account. */
const IN_CLUSTER = 'inClusterContext';

/**
 * A way to the cluster that a kubeconfig names; nothing is asked of it yet.
 *
 * @throws {@link KubernetesError} where the kubeconfig names none
 */
export function connectCluster(options: KubeconfigOptions = {}): Cluster {
  const config = loadKubeconfig(options);
  const server = (config.getCurrentCluster()?.server ?? '').replace(/\/+$/, '');
  const known = credentials(config);
  const closing = new AbortController();
  let ahead = 0;

  /** An abort is what the caller wanted, and no fault of the server's; neither is the end. */
  function failed(asked: string, signal: RequestInit['signal'], cause: unknown): KubernetesError {
    if (signal?.aborted) throw signal.reason;
    closing.signal.throwIfAborted();
    return errorOfConnection(asked, server, cause);
  }

  async function sendAs(asked: string, path: string, init: RequestInit): Promise<Response> {
    closing.signal.throwIfAborted();
    const access = await known.access().catch((cause: unknown) => {
      throw errorOfCredentials(asked, config.getCurrentUser()?.name ?? '', cause);
    });
    try {
      const { dispatcher } = access;
      const headers = new Headers(init.headers);
      for (const [name, value] of Object.entries(access.headers)) headers.set(name, value);
      const answer = await fetch(`${server}${path}`, { ...init, headers, dispatcher });
      // The header has whole seconds: half a one is missing on average.
      ahead = Date.parse(answer.headers.get('date') ?? '') + 500 - Date.now() || 0;
      return answer;
    } catch (cause) {
      throw failed(asked, init.signal, cause);
    }
  }

  async function send(asked: string, path: string, init: RequestInit): Promise<Response> {
    const answer = await sendAs(asked, path, init);
    if (answer.status !== 401) return answer;
    await answer.body?.cancel();
    known.forget();
    return sendAs(asked, path, init);
  }

  async function ask(request: ApiRequest): Promise<Response> {
    const { asked, path, query, method = 'GET', body, signal, contentType } = request;
    const search = query ? `?${new URLSearchParams(query).toString()}` : '';
    const answer = await send(asked, `${path}${search}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': contentType ?? 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
    if (!answer.ok) throw errorOfAnswer(asked, answer.status, await answer.text().catch(() => ''));
    return answer;
  }

  return {
    server,
    namespace: config.getContextObject(config.currentContext)?.namespace ?? 'default',
    inside: config.currentContext === IN_CLUSTER,
    request: async <Answer>(request: ApiRequest) => {
      const answer = await ask(request);
      try {
        return (await answer.json()) as Answer;
      } catch (cause) {
        throw failed(request.asked, request.signal, cause);
      }
    },
    stream: async function* <Line>(request: ApiRequest) {
      const answer = await ask(request);
      try {
        const text = answer.body?.pipeThrough(new TextDecoderStream());
        for await (const line of lines(text ?? [])) yield JSON.parse(line) as Line;
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
