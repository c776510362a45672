import type { Socket } from 'node:net';

/** Keeps a request waiting for ever; its connection is closed once the service leaves. */
export function neverAnswered(socket?: Socket, leaving?: AbortSignal): Promise<never> {
  const letGo = () => socket?.destroy();
  if (leaving?.aborted) letGo();
  leaving?.addEventListener('abort', letGo, { once: true });
  // Clients that give up are not remembered.
  socket?.once('close', () => leaving?.removeEventListener('abort', letGo));
  return new Promise(() => undefined);
}
