import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';

interface LogLine {
  readonly msg: string;
  readonly port?: number;
}

/** The service as a process of its own, run from its sources. */
function start(env: Record<string, string>) {
  const child = spawn(
    process.execPath,
    ['--conditions=@canary/source', '--import', 'tsx', 'src/main.ts'],
    { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const nextLog = async () => JSON.parse((await lines.next()).value as string) as LogLine;
  const exitCode = once(child, 'exit').then(([code]) => code as number | null);
  return { child, nextLog, exitCode };
}

const request = (port: number, path: string) =>
  new Promise<{ status: number | undefined; connection: string | undefined }>((resolve, reject) => {
    get({ port, path, agent: false, headers: { connection: 'keep-alive' } }, (response) => {
      response.resume().on('end', () => {
        resolve({ status: response.statusCode, connection: response.headers.connection });
      });
    }).on('error', reject);
  });

describe('myapp as a process', () => {
  it('exits with 1 and one line for each bad variable', async () => {
    const app = start({ PORT: '70000', ERROR_RATE: '2' });
    expect((await app.nextLog()).msg).toMatch(/^PORT="70000" is not allowed: use /);
    expect((await app.nextLog()).msg).toMatch(/^ERROR_RATE="2" is not allowed: use /);
    expect(await app.exitCode).toBe(1);
  });

  it('exits with 1 and a remedy when its port is taken', async () => {
    const first = start({ PORT: '0' });
    const { port } = await first.nextLog();
    const second = start({ PORT: String(port) });
    expect((await second.nextLog()).msg).toMatch(
      `cannot listen on port ${String(port)}: it is in use`,
    );
    expect(await second.exitCode).toBe(1);
    first.child.kill('SIGINT');
    expect(await first.exitCode).toBe(0);
  });

  it('answers while it drains, finishes what is in flight, and exits with 0', async () => {
    const app = start({ PORT: '0', LATENCY_MS: '1500', DRAIN_SECONDS: '1' });
    const { port = 0 } = await app.nextLog();
    app.child.kill('SIGTERM');
    expect((await app.nextLog()).msg).toBe('draining');
    // Answered after the drain's end: 1.5 s from now, while the drain is over in 1 s.
    const inFlight = request(port, '/');
    expect(await request(port, '/healthy')).toEqual({ status: 200, connection: 'close' });
    expect(await inFlight).toEqual({ status: 200, connection: 'close' });
    expect((await app.nextLog()).msg).toBe('drained');
    expect(await app.exitCode).toBe(0);
  });

  it('lets requests that hang go, unanswered, once it has drained', async () => {
    const app = start({ PORT: '0', HANG_RATE: '1', DRAIN_SECONDS: '0' });
    const { port = 0 } = await app.nextLog();
    let isOver = false;
    const hanging = request(port, '/')
      .catch((error: unknown) => (error as NodeJS.ErrnoException).code)
      .finally(() => {
        isOver = true;
      });
    // Whoever asks later is answered: it hangs, not the service.
    expect((await request(port, '/healthy')).status).toBe(200);
    expect(isOver).toBe(false);
    app.child.kill('SIGTERM');
    expect(await hanging).toBe('ECONNRESET');
    expect(await app.exitCode).toBe(0);
  });
});
