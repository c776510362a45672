import { APP_NAME } from '@canary/manifests';
import { describe, expect, it } from 'vitest';
import { fakeSite, type FakeSite } from './testing/fake-site.ts';
import { terminalOf } from './testing/terminal.ts';

/** The arguments of the Job that was applied, as a pod of it runs them. */
async function jobOf(site: FakeSite): Promise<string[]> {
  const job = () => site.others.findLast(({ kind }) => kind === 'Job');
  await expect.poll(job).toBeDefined();
  const { template } = job()!['spec'] as {
    template: { spec: { containers: { args: string[] }[] } };
  };
  return template.spec.containers[0]!.args;
}

const inPod = (site: FakeSite) => terminalOf({ ...site, holder: 'node@canary-driver:1' });
/** The port of a test is free. */
const line = (args: readonly string[]) => args.join(' ').replace('9464', '0');

describe('canary start --in-cluster', () => {
  it.each([
    [
      '--on local',
      '--in-cluster has a cluster drive the release, and this is --on local: leave one of them out',
    ],
    ['--serve-metrics 9464', '--in-cluster serves its metrics by itself'],
    ['--prometheus http://localhost:9090', 'is this machine, which a Job does not reach'],
  ])('does not go with %s', async (options, message) => {
    const { code, err } = await terminalOf(fakeSite())(`start --to 2.0.0 --in-cluster ${options}`);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  it('has a Job drive the release, tells its transitions and ends as the release does', async () => {
    const site = fakeSite();
    site.failing.add('2.0.0');
    const looks = '--look 20ms --soak 100ms --margin 0.05';
    const started = terminalOf(site)(`start --to 2.0.0 --in-cluster ${looks}`);
    const args = await jobOf(site);
    expect(args.join(' ')).toBe(`drive --app ${APP_NAME} --namespace canary --serve-metrics 9464`);
    expect(site.others.map(({ kind }) => kind)).toEqual([
      'ServiceAccount',
      'Role',
      'RoleBinding',
      'Job',
    ]);
    const driven = await inPod(site)(line(args));
    expect(driven.code, 'a release that is rolled back is no failure of the Job').toBe(0);
    const { code, out } = await started;
    expect(out).toMatch(/Job canary-driver-myapp-\w+ drives it; Ctrl-C leaves it running/);
    expect(out).toMatch(/rolled back after \d+ s/);
    expect(code).toBe(3);
  });

  it('has a Job drive a Deployment that is named', async () => {
    const site = fakeSite();
    const brief = '--observe 50ms --bake 50ms --in-cluster';
    const image = '--image myapp=myapp:2.0.0';
    const started = terminalOf(site)(`start deploy/myapp-deploy-v1.0 ${image} ${brief}`);
    const args = await jobOf(site);
    expect(args.join(' ')).toBe(
      'drive deploy/myapp-deploy-v1.0 --namespace canary --serve-metrics 9464',
    );
    const driven = await inPod(site)(line(args));
    expect(driven.code, driven.err).toBe(0);
    const { code, out } = await started;
    expect(out).toContain('myapp-deploy-v1.0 has all traffic, the canary is gone');
    expect(code).toBe(0);
    expect(site.workloads().map(({ ref }) => ref.name)).toEqual(['myapp-deploy-v1.0']);
  });

  it('leaves the Job at its work on Ctrl-C', async () => {
    const site = fakeSite();
    const ending = new AbortController();
    const started = terminalOf(site)('start --to 2.0.0 --observe 1h --in-cluster', ending.signal);
    await jobOf(site);
    ending.abort();
    const { code, err } = await started;
    expect(err).toMatch(/Job canary-driver-myapp-\w+ drives on; canary status -w shows/);
    expect(code).toBe(1);
    expect((await inPod(site)('abort')).code).toBe(0);
  });

  it('says why no driver comes, and what goes on', async () => {
    const site = fakeSite();
    let skipped = 0;
    const clock: FakeSite['clock'] = {
      now: () => Date.now() + skipped,
      sleep: (ms, signal) => site.clock.sleep(ms, signal),
    };
    const started = terminalOf({ ...site, clock })('start --to 2.0.0 --in-cluster');
    await jobOf(site);
    skipped = 200_000;
    const { code, err } = await started;
    expect(err).toMatch(
      /Job (canary-driver-myapp-\w+) has not begun to drive the release: \1-x: ErrImagePull: no such image; canary start --resume drives it from here/,
    );
    expect(code).toBe(1);
  });

  it('goes on where the rights are for others to give', async () => {
    const site = fakeSite();
    const platform = {
      ...site.platform,
      apply: (objects: Parameters<typeof site.platform.apply>[0]) =>
        objects.some(({ kind }) => kind === 'Role')
          ? Promise.reject(new Error('you may not apply Role canary/canary-driver'))
          : site.platform.apply(objects),
    };
    const ending = new AbortController();
    const started = terminalOf({ ...site, platform })(
      'start --to 2.0.0 --observe 1h --in-cluster',
      ending.signal,
    );
    await jobOf(site);
    ending.abort();
    expect((await started).err).toContain('as if canary render driver-access were applied');
  });
});

describe('canary deploy grafana', () => {
  it('makes up a password that nobody is told, once', async () => {
    const site = fakeSite();
    const canary = terminalOf(site);
    const first = await canary('deploy grafana');
    expect(first.code, first.err).toBe(0);
    expect(first.out).toContain('made    Secret grafana-admin');
    expect(first.out).toContain('kubectl -n canary get secret grafana-admin');
    const { password } = site.secrets.get('grafana-admin') ?? {};
    expect(password).toMatch(/^[\w-]{24}$/);
    expect(first.out).not.toContain(password);
    expect(JSON.stringify(site.others)).not.toContain(password);
    const second = await canary('deploy grafana');
    expect(second.out).not.toContain('made');
    expect(site.secrets.get('grafana-admin')).toEqual({ password });
  });

  it('says that a platform without Secrets has no place for it', async () => {
    const site = fakeSite();
    delete site.createSecret;
    const { code, err } = await terminalOf(site)('deploy grafana');
    expect(err).toContain('Secret grafana-admin is needed, and this platform has none');
    expect(code).toBe(1);
  });
});

describe('canary up on a cluster', () => {
  it('deploys Prometheus, v1 and what is asked for, and ends', async () => {
    const { code, out } = await terminalOf(fakeSite())('up --grafana --replicas 2');
    expect(code).toBe(0);
    for (const name of ['prometheus', 'myapp-deploy-v1.0', 'grafana'])
      expect(out).toContain(`ready   Deployment ${name}`);
  });

  it.each([
    ['--on local --grafana', '--grafana is of --on kubernetes, and --on local is not: leave one'],
    ['--on kubernetes --rps 5', '--rps is of --on local, and --on kubernetes is not: leave one'],
    ['--grafana --rps 5', '--rps is of --on local, and --grafana is not: leave one'],
  ])('does not take up %s', async (options, message) => {
    const { code, err } = await terminalOf(fakeSite())(`up ${options}`);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });
});
