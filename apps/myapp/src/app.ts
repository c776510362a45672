import { setTimeout as sleep } from 'node:timers/promises';
import { httpMetrics } from '@canary/metrics';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { accepts } from 'hono/accepts';
import type { Settings } from './settings.ts';
import { neverAnswered } from './never-answered.ts';
import { treatmentOf, type Temper } from './treatment.ts';

/** What the app is told beside its settings. */
export interface AppOptions extends Temper, Pick<Settings, 'version' | 'metricsFailRate'> {
  /** The name of the pod that answers. */
  readonly pod: string;
  /** True once the app is about to leave: clients are then told to close their connections. */
  readonly draining?: () => boolean;
  /** Aborted when the app leaves: requests that hang are then let go, unanswered. */
  readonly leaving?: AbortSignal | undefined;
  /** Seconds since the app was started; since it was made unless a test decides. */
  readonly seconds?: () => number;
  /** Uniform in [0, 1); `Math.random` unless a test decides. */
  readonly random?: () => number;
}

/** The service under release: `/` says which version answers, `/healthy` is for probes, `/metrics` for Prometheus. */
export function createApp(options: AppOptions): Hono {
  const { version, pod, metricsFailRate, leaving } = options;
  const made = performance.now();
  const {
    draining = () => false,
    seconds = () => (performance.now() - made) / 1000,
    random = Math.random,
  } = options;
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
  app.use('/metrics', async (c, next) => {
    if (random() >= metricsFailRate) return next();
    return c.text(`failed on purpose, METRICS_FAIL_RATE=${metricsFailRate}`, 503);
  });
  app.get('/metrics', metrics.expose);
  app.get('/', async (c) => {
    const { hangs, ms, fails: failed } = treatmentOf(options, seconds(), random);
    if (hangs) {
      // Set by the server; a test that asks the app itself has none.
      const { incoming } = (c.env as Partial<HttpBindings> | undefined) ?? {};
      await neverAnswered(incoming?.socket, leaving);
    }
    if (ms > 0) await sleep(ms);
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
      ? c.text(`App Version: ${version} (failed on purpose)`, 500)
      : c.text(`App Version: ${version}`);
  });
  return app;
}
