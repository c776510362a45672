import { setTimeout as sleep } from 'node:timers/promises';
import { httpMetrics } from '@canary/metrics';
import { Hono } from 'hono';
import { accepts } from 'hono/accepts';
import type { Settings } from './settings.ts';

/** What the app is told beside its settings. */
export interface AppOptions extends Pick<Settings, 'version' | 'latencyMs' | 'errorRate'> {
  /** The name of the pod that answers. */
  readonly pod: string;
  /** True once the app is about to leave: clients are then told to close their connections. */
  readonly draining?: () => boolean;
  /** Uniform in [0, 1); `Math.random` unless a test decides. */
  readonly random?: () => number;
}

/** The service under release: `/` says which version answers, `/healthy` is for probes, `/metrics` for Prometheus. */
export function createApp(options: AppOptions): Hono {
  const { version, pod, latencyMs, errorRate } = options;
  const { draining = () => false, random = Math.random } = options;
  const metrics = httpMetrics({
    version,
    routes: [{ method: 'get', endpoint: '/', statuses: [200, 500] }],
    ignore: ['/healthy', '/metrics'],
  });

  const app = new Hono();
  app.use(metrics.count);
  app.use(async (c, next) => {
    await next();
    if (draining()) c.header('Connection', 'close');
  });
  app.get('/healthy', (c) => c.text('healthy'));
  app.get('/metrics', metrics.expose);
  app.get('/', async (c) => {
    const ms = latencyMs.min + random() * (latencyMs.max - latencyMs.min);
    if (ms > 0) await sleep(ms);
    const failed = random() < errorRate;
    const wanted = accepts(c, {
      header: 'Accept',
      supports: ['text/plain', 'application/json'],
      default: 'text/plain',
    });
    if (wanted === 'application/json') {
      return c.json(
        failed ? { version, pod, error: 'failed on purpose' } : { version, pod },
        failed ? 500 : 200,
      );
    }
    return failed
      ? c.text(`App Version: ${version} (failed on purpose, ERROR_RATE=${errorRate})`, 500)
      : c.text(`App Version: ${version}`);
  });
  return app;
}
