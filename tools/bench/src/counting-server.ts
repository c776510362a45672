import { httpMetrics } from '@canary/metrics';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

/** The service's `/` at no latency, with its requests counted or not, as the first argument says. */
const counted = process.argv[2] === 'counted';
const metrics = httpMetrics({
  version: '1.0',
  routes: [{ method: 'get', endpoint: '/', statuses: [200] }],
  ignore: ['/metrics'],
});
const app = new Hono();
if (counted) app.use(metrics.count);
app.get('/', (c) => c.text('App Version: 1.0'));
app.get('/metrics', metrics.expose);

serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  process.send?.(port);
});
