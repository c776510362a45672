import { setMaxListeners } from 'node:events';

/** Something did not end within the time that it was given. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';

  constructor(timeoutMs: number) {
    super(`context deadline exceeded: no complete answer within ${timeoutMs} ms`);
  }
}

/**
 * Does `work` with a signal that aborts when `outer` does, or with a {@link DeadlineError} after
 * `timeoutMs`. Any number of requests may listen to that signal, and none is left on `outer`.
 */
export async function withDeadline<T>(
  timeoutMs: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer?.throwIfAborted();
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const timer = setTimeout(() => {
    controller.abort(new DeadlineError(timeoutMs));
  }, timeoutMs);
  const stop = () => {
    controller.abort(outer?.reason);
  };
  outer?.addEventListener('abort', stop, { once: true });
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', stop);
  }
}
