import { describe, expect, it } from 'vitest';
import type { RolloutRecord } from '@canary/rollout';
import { fakeSite, type FakeSite } from './testing/fake-site.ts';
import { terminalOf } from './testing/terminal.ts';

async function saved(site: FakeSite): Promise<RolloutRecord> {
  return (await site.store.load<RolloutRecord>('myapp'))!.value;
}

describe('the judge', () => {
  const looks = '--look 20ms --soak 100ms --bake 100ms --margin 0.05 --warm-up 0s';

  it('promotes a canary that is as good, and says on what figures', async () => {
    const canary = terminalOf(fakeSite());
    const { out, code } = await canary(`start --to 2.0.0 ${looks}`);
    expect(out).toContain('Judged: errors, latency, restarts, scraped from the pods.');
    expect(out).toMatch(/promoted after \d+ s: 0 of \d+ requests to 2\.0\.0 failed/);
    expect(code).toBe(0);
  });

  it.each([
    ['of one replica', 1, ''],
    ['all at once', 2, '--steps 2'],
    ['with all of the traffic', 2, '--weights 100'],
  ])('takes back a canary that fails, %s', async (_, replicas, steps) => {
    const site = fakeSite(replicas);
    site.failing.add('2.0.0');
    const { code } = await terminalOf(site)(`start --to 2.0.0 ${looks} ${steps}`);
    expect(code).toBe(3);
    const left = site.workloads().map((workload) => [workload.release, workload.replicas]);
    expect(left).toEqual([['1.0.0', replicas]]);
  });

  it('takes back a canary that begins to fail while a person is asked, and tells so', async () => {
    const site = fakeSite();
    const canary = terminalOf(site);
    const driving = canary(`start --to 2.0.0 ${looks} --confirm`);
    await expect.poll(() => canary('status').then(({ out }) => out)).toContain('wait for a person');
    site.failing.add('2.0.0');
    const { out, code } = await driving;
    expect(out).toMatch(/going back: .* failed.*, while it waited for a person/);
    expect(code).toBe(3);
    const told = site.events.filter(({ reason }) => reason === 'CanaryGoingBack');
    expect(
      told.map(({ type, message }) => [type, message.includes('waited for a person')]),
    ).toEqual([
      ['Warning', true],
      ['Warning', true],
    ]);
  });

  it('takes back a canary that fails, and tells why in a line', async () => {
    const site = fakeSite();
    site.failing.add('2.0.0');
    const canary = terminalOf(site);
    const { out, code } = await canary(`start --to 2.0.0 ${looks}`);
    const why =
      /rolled back after \d+ s: .*\d+ of \d+ requests to 2\.0\.0 failed, 0 of \d+ to 1\.0\.0 \(evidence/;
    expect(out).toMatch(why);
    expect(code).toBe(3);
    expect((await canary('explain')).out).toMatch(why);
    const told = site.events.filter(({ reason }) => reason === 'CanaryRolledBack');
    expect(told.map(({ message }) => message)).toEqual([
      expect.stringMatching(why),
      expect.stringMatching(why),
    ]);
    expect(site.workloads().map(({ release }) => release)).toEqual(['1.0.0']);
  });

  it('goes on from what a driver before it has summed up', async () => {
    const site = fakeSite();
    const canary = terminalOf(site);
    const ending = new AbortController();
    const driving = canary('start --to 2.0.0 --look 20ms --soak 1h --limit 2h', ending.signal);
    const evidence = async () => (await saved(site)).observation.opinion?.evidence ?? {};
    const weighed = async () => (await evidence())['canary errors of'] ?? 0;
    await expect.poll(weighed).toBeGreaterThan(0);
    ending.abort();
    await driving;
    const before = await weighed();
    expect(before).toBeGreaterThan(0);
    const next = new AbortController();
    const resumed = canary('start --resume', next.signal);
    await expect.poll(weighed).toBeGreaterThan(before);
    next.abort();
    await resumed;
  });

  it.each([
    ['--judge errors,speed', '--judge: "speed" is no metric: use a list of errors, latency'],
    ['--judge latency', 'metrics (latency) lack errors'],
    ['--alpha 2', 'alpha 2 is not between 0 and 1'],
    ['--margin some', '--margin "some" is not a number'],
    ['--decide-within 0', '--decide-within 0 is not above 0: use a time such as 10m'],
    ['--worse-times 0', 'worse.errors.times 0 is not above 0'],
    ['--objective-errors 2', 'objectiveErrors 2 is not between 0 and 1'],
    ['--objective-latency soon', '--objective-latency "soon" is no time'],
    ['--judge-from prometheus --prometheus none', '--judge-from prometheus needs one'],
  ])('refuses %s', async (option, message) => {
    const { err, code } = await terminalOf(fakeSite())(`start --to 2.0.0 ${option}`);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  it('fails closed, at the start and by name, where a metric does not exist', async () => {
    const site = fakeSite();
    const { err, code } = await terminalOf(site)('start --to 2.0.0 --requests-metric shop_orders');
    expect(err).toContain('shop_orders');
    expect(code).toBe(1);
    expect(site.workloads().map(({ release }) => release)).toEqual(['1.0.0']);
  });

  it('judges nothing where it is told so', async () => {
    const site = fakeSite();
    site.failing.add('2.0.0');
    const { out, code } = await terminalOf(site)(
      'start --to 2.0.0 --judge none --observe 50ms --bake 0',
    );
    expect(out).toContain('Nothing is judged');
    expect(code).toBe(0);
  });
});
