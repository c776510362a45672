import { hostname } from 'node:os';
import { serve } from '@hono/node-server';
import { pino } from 'pino';
import { createApp } from './app.ts';
import { drain } from './drain.ts';
import { readSettings, SettingsError, type Settings } from './settings.ts';

// A container's hostname is its pod's name; the variable is what container runtimes set to it.
const pod = process.env['HOSTNAME'] ?? hostname();
// Written at once: buffered, a fatal line would overtake those before it.
const log = pino(
  { base: { pod }, timestamp: pino.stdTimeFunctions.isoTime },
  pino.destination({ dest: 1, sync: true }),
);

function settingsOrExit(): Settings {
  try {
    return readSettings(process.env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    for (const problem of error.message.split('\n')) log.fatal(problem);
    process.exit(1);
  }
}

const settings = settingsOrExit();
let draining = false;
const leaving = new AbortController();
const app = createApp({ ...settings, pod, draining: () => draining, leaving: leaving.signal });
const server = serve({ fetch: app.fetch, port: settings.port, hostname: '0.0.0.0' }, ({ port }) => {
  log.info({ ...settings, port }, 'listening');
});
server.on('error', (error: NodeJS.ErrnoException) => {
  const remedy =
    error.code === 'EADDRINUSE' ? ': it is in use; set PORT to a free one, or to 0' : '';
  log.fatal(`cannot listen on port ${settings.port}${remedy || `: ${error.message}`}`);
  process.exit(1);
});

const leave = async (seconds: number, signal: string) => {
  if (draining) return;
  draining = true;
  log.info({ signal, seconds }, 'draining');
  await drain(server, seconds, leaving);
  log.info('drained');
  process.exit(0);
};
process.on('SIGTERM', (signal) => void leave(settings.drainSeconds, signal));
process.on('SIGINT', (signal) => void leave(0, signal));
