import { open } from 'node:fs/promises';

const TAIL_BYTES = 64 * 1024;

/** The last lines of a log, of at most 64 KiB; empty where there is no log. */
export async function tailLog(file: string, lines: number): Promise<readonly string[]> {
  const handle = await open(file).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!handle) return [];
  try {
    const { size } = await handle.stat();
    const start = Math.max(0, size - TAIL_BYTES);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), {
      position: start,
    });
    const all = buffer.toString('utf8', 0, bytesRead).split('\n');
    if (all.at(-1) === '') all.pop();
    // The first one is cut where the log is longer than what was read.
    return (start > 0 ? all.slice(1) : all).slice(-lines);
  } finally {
    await handle.close();
  }
}
