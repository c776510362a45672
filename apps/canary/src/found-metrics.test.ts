import type { RolloutRecord, Series } from '@canary/rollout';
import { describe, expect, it } from 'vitest';
import type { Exposes } from './testing/fake-observer.ts';
import { fakeSite, type FakeSite } from './testing/fake-site.ts';
import { terminalOf } from './testing/terminal.ts';

const LOOKS = '--look 20ms --soak 100ms --bake 100ms --margin 0.05 --warm-up 0s';
const start = (site: FakeSite, more = '') => terminalOf(site)(`start --to 2.0.0 ${LOOKS} ${more}`);
const one = (name: string, labels: Series['labels'], value: number) => ({ name, labels, value });

/** A pod with a library that nobody named. */
const spring: Exposes = (value, status) => [
  one('http_server_requests_seconds_count', { status, uri: '/' }, value),
  one('http_server_requests_seconds_sum', { status, uri: '/' }, value),
  one('http_server_requests_active_seconds_count', { status: '200' }, 1),
];
const silent: Exposes = () => [one('process_cpu_seconds_total', {}, 1)];

describe('what a release is judged by, where nobody names it', () => {
  it('is found on the stable release, said, and saved for whoever drives', async () => {
    const site = fakeSite();
    site.exposes = spring;
    const { out, code } = await start(site);
    expect(out).toContain(
      'Requests are counted by http_server_requests_seconds_count by its label status, response times by http_server_requests_seconds.',
    );
    expect(out).toContain(
      'Not judged: latency, http_server_requests_seconds of 1.0.0 has no buckets, it is a summary.',
    );
    expect(out).toMatch(/promoted after \d+ s: 0 of \d+ requests to 2\.0\.0 failed/);
    expect(code).toBe(0);
    const { value } = (await site.store.load<RolloutRecord>('myapp'))!;
    expect(value.judging).toMatchObject({
      series: { requests: 'http_server_requests_seconds_count', statusLabel: 'status' },
    });
  });

  it('takes back a canary that fails', async () => {
    const site = fakeSite();
    site.exposes = spring;
    site.failing.add('2.0.0');
    expect((await start(site)).code).toBe(3);
  });

  it('is asked of the canary as well: another name for the same keeps it from being promoted', async () => {
    const site = fakeSite();
    site.exposes = (value, status, release) =>
      release === '1.0.0'
        ? spring(value, status, release)
        : [one('http_requests_total', { status }, value)];
    const { out, code } = await start(site, '--limit 400ms');
    expect(out).toContain('no pod of 2.0.0 exposes http_server_requests_seconds_count');
    expect(code).toBe(4);
  });

  it('is what was named, where something was', async () => {
    const site = fakeSite();
    site.exposes = (value, status) => [
      one('http_requests_total', { status }, value),
      one('orders_total', { how: status }, value),
    ];
    const named = await terminalOf(site)('plan --requests-metric orders_total --status-label how');
    expect(named.out).toContain('Requests are counted by orders_total by its label how');
    const found = await terminalOf(site)('plan -o json');
    expect(JSON.parse(found.out)).toMatchObject({
      judging: { series: { requests: 'http_requests_total', statusLabel: 'status' } },
      found: { ignored: [] },
    });
  });
});

describe('where no request can be counted', () => {
  it('readiness and restarts decide with time, and every text says that no request was judged', async () => {
    const site = fakeSite();
    site.exposes = silent;
    const { out, err, code } = await start(site);
    expect(err).toContain(
      'warning: no request to the canary will be judged, no request can be counted',
    );
    expect(out).toContain('No request will be judged: no request can be counted');
    expect(out).toMatch(
      /1 of 1 pods of 2\.0\.0 ready, 0 restarts of 2\.0\.0; no request was judged/,
    );
    expect(code).toBe(0);
    const explained = await terminalOf(site)('explain');
    expect(explained.out).toContain('no request was judged');
    const planned = await terminalOf(site)('plan');
    expect(planned.out).toContain('No request will be judged');
  });

  it('what was asked for is refused', async () => {
    const site = fakeSite();
    site.exposes = silent;
    const refused = await start(site, '--judge errors');
    expect(refused.err).toContain('no request can be counted');
    expect(refused.err).toContain('name one by --requests-metric');
    expect(refused.code).toBe(1);
    expect(await site.store.load('myapp')).toBeUndefined();
  });
});
