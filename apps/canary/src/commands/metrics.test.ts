import type { Series } from '@canary/rollout';
import { describe, expect, it } from 'vitest';
import type { Exposes } from '../testing/fake-observer.ts';
import { fakeSite } from '../testing/fake-site.ts';
import { workload } from '../testing/objects.ts';
import { terminalOf } from '../testing/terminal.ts';

const one = (name: string, labels: Series['labels'], value: number) => ({ name, labels, value });
const exposes: Exposes = (value, status, release) =>
  release === '1.0.0'
    ? [
        one('shop_requests_total', { code: status }, value),
        one('shop_requests_total', { code: '500' }, 1),
        one('shop_request_duration_seconds_bucket', { le: '0.1' }, value),
        one('shop_request_duration_seconds_bucket', { le: '+Inf' }, value),
        one('shop_response_size_bytes_count', { code: '200' }, value),
        one('shop_response_size_bytes_sum', { code: '200' }, value),
      ]
    : [one('shop_requests_total', { status }, value)];

describe('canary metrics', () => {
  it('says where nothing can be counted, with an exit code', async () => {
    const site = fakeSite(1);
    site.exposes = () => [one('process_cpu_seconds_total', {}, 1)];
    const { out, code } = await terminalOf(site)('metrics');
    expect(out).toContain('no request can be counted');
    expect(code).toBe(1);
  });

  it.each([
    ['deploy/nobody', 2, 'there is no Deployment nobody in namespace canary'],
    ['sts/db', 2, 'StatefulSet db cannot be released'],
  ])('refuses %s', async (target, exitCode, message) => {
    const { err, code } = await terminalOf(fakeSite())(`metrics ${target}`);
    expect(err).toContain(message);
    expect(code).toBe(exitCode);
  });

  it('looks at a Deployment that is named, and at the pods of its canary as their release', async () => {
    const site = fakeSite(2);
    const canary = terminalOf(site);
    const before = await canary('metrics deploy/myapp-deploy-v1.0');
    expect(before.out).toContain('myapp-deploy-v1.0, release 1.0.0: 2 of 2 pods could be read');
    expect(before.code).toBe(0);

    const ending = new AbortController();
    const image = '--image myapp=myapp:2.0.0';
    const driving = canary(`start deploy/myapp-deploy-v1.0 ${image} --observe 1h`, ending.signal);
    const during = () => canary('metrics deploy/myapp-deploy-v1.0').then(({ out }) => out);
    const canarys = '-canary, release 2.0.0: 1 of 1 pods could be read';
    await expect.poll(during, { timeout: 5000 }).toContain(canarys);
    expect(await during()).toContain('myapp-deploy-v1.0, release v1.0: 2 of 2 pods could be read');
    ending.abort();
    await driving;
  });

  it('shows what was found, what would be judged, and what is ignored and why', async () => {
    const site = fakeSite(2);
    site.exposes = exposes;
    const { out, code } = await terminalOf(site)('metrics');
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "myapp-deploy-v1.0, release 1.0.0: 2 of 2 pods could be read (http://10.0.0.1/metrics)
        requests: shop_requests_total, by its label code (a counter of requests by status); 42 so far, 2 of them failed
        response times: shop_request_duration_seconds
        ignored:
          shop_response_size_bytes  is about sizes"
    `);
  });

  it('shows the canary as well, and how it differs', async () => {
    const site = fakeSite(1);
    site.exposes = exposes;
    await site.platform.apply([workload('2.0.0', 1).object]);
    const { out } = await terminalOf(site)('metrics --stable myapp-deploy-v1.0');
    expect(out).toContain('myapp-deploy-v2.0, release 2.0.0: 1 of 1 pods could be read');
    expect(out).toContain(
      '2.0.0 does not count requests as 1.0.0 does (shop_requests_total by its label code): that keeps it from being promoted',
    );
    expect(out).toContain('2.0.0 does not expose shop_request_duration_seconds');
  });

  it('writes it as JSON, with what was named before what was found', async () => {
    const site = fakeSite(1);
    site.exposes = exposes;
    const { out } = await terminalOf(site)('metrics -o json --requests-metric shop_requests_total');
    expect(JSON.parse(out)).toMatchObject([
      {
        release: '1.0.0',
        requests: { metric: 'shop_requests_total', statusLabel: 'code', failed: 1 },
        latency: { metric: 'shop_request_duration_seconds' },
        ignored: [{ metric: 'shop_response_size_bytes', why: 'is about sizes' }],
      },
    ]);
  });

  it.each([
    ['--metrics-port 0', '--metrics-port'],
    ['--metrics-path stats', '--metrics-path "stats" has no leading slash: give /stats'],
  ])('refuses %s', async (options, message) => {
    const { err, code } = await terminalOf(fakeSite())(`metrics ${options}`);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });
});
