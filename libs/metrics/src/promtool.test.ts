import { runPromtool } from '@canary/testing';
import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { httpMetrics } from './http-metrics.ts';

it('is exposition in which promtool finds nothing to mend', async (test) => {
  const metrics = httpMetrics({ version: '1.0', routes: [], ignore: ['/metrics'] });
  const app = new Hono();
  app.use(metrics.count);
  app.get('/metrics', metrics.expose);
  await app.request('/nowhere');
  const text = await (await app.request('/metrics')).text();
  expect(await runPromtool(test, ['check', 'metrics'], text)).toEqual({ exitCode: 0, said: '' });

  const wrong = `${text}# HELP nodejs_active_handles_total A gauge with a counter's name.\n# TYPE nodejs_active_handles_total gauge\nnodejs_active_handles_total 1\n`;
  const { exitCode, said } = await runPromtool(test, ['check', 'metrics'], wrong);
  expect(exitCode).not.toBe(0);
  expect(said).toContain('nodejs_active_handles_total');
});
