import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { httpMetrics } from './http-metrics.ts';

function measuredApp() {
  const metrics = httpMetrics({
    version: '1.0.0',
    routes: [{ method: 'get', endpoint: '/', statuses: [200, 500] }],
    ignore: ['/healthy', '/metrics'],
  });
  const app = new Hono();
  app.use(metrics.count);
  app.get('/', (c) => c.text('hello'));
  app.get('/healthy', (c) => c.text('healthy'));
  app.get('/metrics', metrics.expose);
  app.get('/users/:id', (c) => c.text(c.req.param('id')));
  app.get('/breaks', () => {
    throw new Error('broken on purpose');
  });
  app.onError((_, c) => c.text('failed', 500));
  const scrape = async () => (await app.request('/metrics')).text();
  return { app, scrape };
}

const lines = (text: string, start: string) => text.split('\n').filter((l) => l.startsWith(start));

describe('httpMetrics', () => {
  it('starts the known label sets at zero', async () => {
    const { scrape } = measuredApp();
    expect(lines(await scrape(), 'http_requests_total')).toMatchInlineSnapshot(`
      [
        "http_requests_total{method="get",endpoint="/",status="200"} 0",
        "http_requests_total{method="get",endpoint="/",status="500"} 0",
      ]
    `);
  });

  it('counts paths that no route matches under one constant label', async () => {
    const { app, scrape } = measuredApp();
    for (const path of ['/a', '/b/c', '/d?e=f']) await app.request(path);
    expect(lines(await scrape(), 'http_requests_total{method="get",endpoint="unmatched"')).toEqual([
      'http_requests_total{method="get",endpoint="unmatched",status="404"} 3',
    ]);
  });

  it('counts an unheard-of method as other', async () => {
    const { app, scrape } = measuredApp();
    await app.request('/', { method: 'BREW' });
    expect(await scrape()).toContain('{method="other",endpoint="unmatched",status="404"} 1');
  });

  it('counts a handler that throws as what the client got', async () => {
    const { app, scrape } = measuredApp();
    await app.request('/breaks');
    expect(await scrape()).toContain('{method="get",endpoint="/breaks",status="500"} 1');
  });

  it('labels by route pattern, not by path', async () => {
    const { app, scrape } = measuredApp();
    await app.request('/users/1');
    await app.request('/users/2');
    expect(await scrape()).toContain('{method="get",endpoint="/users/:id",status="200"} 2');
  });

  it('leaves probes and scrapes out', async () => {
    const { app, scrape } = measuredApp();
    await app.request('/healthy');
    await scrape();
    expect(await scrape()).not.toMatch(/endpoint="\/(healthy|metrics)"/);
  });

  it('observes durations in the summary and in the histogram alike', async () => {
    const { app, scrape } = measuredApp();
    await app.request('/');
    await app.request('/');
    const text = await scrape();
    expect(lines(text, 'request_processing_seconds_count')).toEqual([
      'request_processing_seconds_count 2',
    ]);
    expect(text).not.toContain('quantile=');
    expect(text).toContain(
      'http_request_duration_seconds_bucket{le="+Inf",method="get",endpoint="/"} 2',
    );
    expect(text).toContain('http_request_duration_seconds_count{method="get",endpoint="/"} 2');
    const sum = Number(/^request_processing_seconds_sum (\S+)$/m.exec(text)?.[1]);
    expect(sum).toBeGreaterThan(0);
    expect(sum).toBeLessThan(1);
  });

  it('exposes version, start time and the content type of the text format', async () => {
    const { app, scrape } = measuredApp();
    const text = await scrape();
    expect(text).toContain('app_info{version="1.0.0"} 1');
    expect(Number(/^process_start_time_seconds (\S+)$/m.exec(text)?.[1])).toBeCloseTo(
      Date.now() / 1000 - process.uptime(),
      0,
    );
    const response = await app.request('/metrics');
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  });

  it('keeps two apps apart', async () => {
    const [one, other] = [measuredApp(), measuredApp()];
    await one.app.request('/');
    expect(await other.scrape()).toContain('status="200"} 0');
  });
});
