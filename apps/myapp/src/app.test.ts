import { describe, expect, it } from 'vitest';
import { createApp, type AppOptions } from './app.ts';
import { readSettings } from './settings.ts';

const app = (options: Partial<AppOptions> = {}) =>
  createApp({
    ...readSettings({ VERSION: 'v2.0.0', LATENCY_MS: '0' }),
    pod: 'pod-1',
    ...options,
  });

describe('myapp', () => {
  it('fails the share of requests that ERROR_RATE asks for, and counts them', async () => {
    const draws = [0.04, 0.06];
    const failing = app({
      errorRate: 0.05,
      latencyMs: { min: 0, max: 0 },
      random: alternate([0, draws[0]!, 0, draws[1]!]),
    });
    expect((await failing.request('/')).status).toBe(500);
    expect((await failing.request('/')).status).toBe(200);
    const metrics = await (await failing.request('/metrics')).text();
    expect(metrics).toContain('http_requests_total{method="get",endpoint="/",status="500"} 1');
    expect(metrics).toContain('http_requests_total{method="get",endpoint="/",status="200"} 1');
  });

  it('never fails at 0 and always at 1', async () => {
    expect((await app({ errorRate: 0, random: () => 0 }).request('/')).status).toBe(200);
    expect((await app({ errorRate: 1, random: () => 0.999999 }).request('/')).status).toBe(500);
  });

  it('says its version as text', async () => {
    const response = await app().request('/');
    expect(await response.text()).toBe('App Version: v2.0.0');
    expect(response.headers.get('content-type')).toMatch('text/plain');
  });

  it('says version and pod to a client that asks for JSON', async () => {
    const response = await app().request('/', { headers: { Accept: 'application/json' } });
    expect(await response.json()).toEqual({ version: 'v2.0.0', pod: 'pod-1' });
  });

  it('is healthy, without counting the probe', async () => {
    const one = app();
    expect(await (await one.request('/healthy')).text()).toBe('healthy');
    expect(await (await one.request('/metrics')).text()).not.toContain('endpoint="/healthy"');
  });

  it('takes its time between the bounds of LATENCY_MS', async () => {
    const start = performance.now();
    await app({ latencyMs: { min: 40, max: 60 }, random: () => 0 }).request('/');
    expect(performance.now() - start).toBeGreaterThanOrEqual(38);
  });

  it('is cold by the seconds since its start', async () => {
    let seconds = 0;
    const cold = app({ coldSeconds: 30, coldErrorRate: 1, seconds: () => seconds });
    expect((await cold.request('/')).status).toBe(500);
    seconds = 30;
    expect((await cold.request('/')).status).toBe(200);
  });

  it('never answers a request that hangs, counts it as in flight alone, and stays healthy', async () => {
    const hanging = app({ hangRate: 1 });
    const ends = Promise.resolve(hanging.request('/')).then(() => 'answered');
    expect((await hanging.request('/healthy')).status).toBe(200);
    const metrics = await (await hanging.request('/metrics')).text();
    expect(metrics).toContain('http_requests_in_flight{method="get",endpoint="/"} 1');
    expect(metrics).toContain('http_requests_total{method="get",endpoint="/",status="200"} 0');
    expect(metrics).toContain('http_requests_total{method="get",endpoint="/",status="500"} 0');
    expect(await Promise.race([ends, Promise.resolve('waiting')])).toBe('waiting');
  });

  it('fails the share of scrapes that METRICS_FAIL_RATE asks for, and no other request', async () => {
    const draws = [0.29, 0.3];
    const failing = app({ metricsFailRate: 0.3, random: () => draws.shift() ?? 0 });
    const [first, second] = [await failing.request('/metrics'), await failing.request('/metrics')];
    expect([first.status, second.status]).toEqual([503, 200]);
    expect(await first.text()).toContain('METRICS_FAIL_RATE=0.3');
    expect((await app({ metricsFailRate: 1 }).request('/')).status).toBe(200);
  });

  it('tells clients to close their connections while it drains', async () => {
    let draining = false;
    const one = app({ draining: () => draining });
    expect((await one.request('/')).headers.get('connection')).toBeNull();
    draining = true;
    expect((await one.request('/')).headers.get('connection')).toBe('close');
    expect((await one.request('/nowhere')).headers.get('connection')).toBe('close');
  });
});

function alternate(values: readonly number[]): () => number {
  let next = 0;
  return () => values[next++ % values.length]!;
}
