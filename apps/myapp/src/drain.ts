import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerType } from '@hono/node-server';

/**
 * Goes on answering for so many seconds, while the platform takes the pod out of its Services,
 * then accepts no more and resolves when what is in flight is answered.
 */
export async function drain(server: ServerType, seconds: number): Promise<void> {
  await sleep(seconds * 1000);
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
