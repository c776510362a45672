import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerType } from '@hono/node-server';

/**
 * Goes on answering for so many seconds, while the platform takes the pod out of its Services,
 * then accepts no more, aborts `leaving`, and resolves when what is in flight is answered or gone.
 */
export async function drain(
  server: ServerType,
  seconds: number,
  leaving: AbortController,
): Promise<void> {
  await sleep(seconds * 1000);
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
    leaving.abort();
  });
}
