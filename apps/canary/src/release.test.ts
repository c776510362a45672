import { describe, expect, it } from 'vitest';
import type { RolloutRecord } from '@canary/rollout';
import { toYaml } from '@canary/manifests';
import { fakeSite, type FakeSite } from './testing/fake-site.ts';
import { deployment } from './testing/objects.ts';
import { terminalOf } from './testing/terminal.ts';

async function saved(site: FakeSite): Promise<RolloutRecord> {
  return (await site.store.load<RolloutRecord>('myapp'))!.value;
}

const NO_PODS = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }';

describe('canary start refuses, in a line,', () => {
  it.each([
    ['start', 'say what is to be tried: --to <version>, or --file <file>'],
    ['start --to 2.0.0 --file canary.yaml', 'leave --to, --env, --image out'],
    ['start --to 2.0.0 --app shop', 'give the Deployment with --file'],
    ['start --to 2.0.0 --steps 1,x', '--steps: "x" is not a number: use a list such as 1,2,4'],
    ['start --to 2.0.0 --steps 1 --weights 10', 'give --steps or --weights, not both'],
    ['start --to 2.0.0 --weights 120', 'weight 120 must be above 0 and at most 100'],
    ['start --to 2.0.0 --observe soon', '--observe "soon" is no time: use one such as 30s'],
    ['start --to 2.0.0 --stable other', '--stable other: there is no such Deployment'],
    ['start --resume --to 2.0.0', '--resume goes on with what was started'],
    ['start -f /nowhere/canary.yaml', '--file /nowhere/canary.yaml cannot be read: ENOENT'],
  ])('%s', async (line, message) => {
    const { code, err } = await terminalOf(fakeSite())(line);
    expect(err).toContain(message);
    expect(err.split('\n')).toHaveLength(1);
    expect(code).toBe(2);
  });

  it.each([
    ['a: b: c', 'is no YAML'],
    ['', 'has nothing: give one Deployment'],
    [toYaml([deployment('2.0.0', 1), deployment('3.0.0', 1)]), 'has Deployment, Deployment'],
    ['kind: Deployment\nmetadata: { name: a }', 'which is no object with apiVersion, kind and'],
    [NO_PODS, 'Deployment a (apps/v1) is no Deployment of apps/v1 that can be released: spec'],
    [NO_PODS, 'a and its pods need the label appname: shop', '--app shop'],
  ])('a file with %j', async (input, message, options = '') => {
    const { code, err } = await terminalOf(fakeSite(), input)(`start -f - ${options}`);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  it('to drive on where nothing was started', async () => {
    const { code, err } = await terminalOf(fakeSite())('start --resume');
    expect(err).toBe('canary: no rollout is stored as myapp: start one');
    expect(code).toBe(1);
  });

  it('the release that is there already', async () => {
    const { code, err } = await terminalOf(fakeSite())('start --to 1.0.0');
    expect(err).toContain('the canary is named myapp-deploy-v1.0 as the stable workload is');
    expect(code).toBe(1);
  });
});

describe('a release', () => {
  it('is promoted, is told on both Deployments, and can be undone once', async () => {
    const site = fakeSite();
    const canary = terminalOf(site);
    const started = await canary('start --to 2.0.0 --steps 1,2 --observe 50ms --bake 50ms');
    expect(started.out).toContain('promoted: myapp-deploy-v1.0 is gone');
    expect(started.code).toBe(0);
    expect(site.workloads().map(({ release, replicas }) => [release, replicas])).toEqual([
      ['2.0.0', 2],
    ]);
    const promoted = site.events.filter(({ reason }) => reason === 'CanaryPromoted');
    expect(promoted.map(({ object, type }) => [object.metadata.name, type])).toEqual([
      ['myapp-deploy-v1.0', 'Normal'],
      ['myapp-deploy-v2.0', 'Normal'],
    ]);

    expect(await canary('undo "customers complain"')).toMatchObject({ code: 0 });
    expect(site.workloads().map(({ release }) => release)).toEqual(['1.0.0']);
    expect((await saved(site)).reason).toContain('undone by ana: customers complain');
    expect(await canary('undo')).toMatchObject({
      code: 1,
      err: expect.stringContaining('cannot undo: it is not promoted') as string,
    });
  });

  it('comes from a file, and writes JSON alone where that is asked', async () => {
    const canary = terminalOf(fakeSite(), toYaml([deployment('3.0.0', 1)]));
    const { out, code } = await canary('start -f - --observe 50ms --bake 0 -o json');
    const whats = out.split('\n').map((line) => (JSON.parse(line) as { what: string }).what);
    expect(whats.at(-1)).toBe('promoted');
    expect(code).toBe(0);
  });

  it('is left as it stands by Ctrl-C, and aborted by whoever comes next', async () => {
    const site = fakeSite();
    const canary = terminalOf(site);
    const ending = new AbortController();
    const driving = canary('start --to 2.0.0 --observe 1h', ending.signal);
    await expect.poll(() => canary('status').then(({ out }) => out)).toContain('of 3: observe 1 h');
    const other = terminalOf({ ...site, holder: 'eve@desk:2' });
    expect(await other('start --resume')).toMatchObject({
      code: 1,
      err: expect.stringContaining('myapp is driven by ana@laptop:1, last heard of') as string,
    });
    expect(await other('start --to 3.0.0')).toMatchObject({
      code: 1,
      err: expect.stringContaining('the release of myapp-deploy-v2.0 is not at its end') as string,
    });
    ending.abort();
    const left = await driving;
    expect(left.err).toContain('canary start --resume goes on');
    expect(left.code).toBe(1);
    expect(await other('pause')).toMatchObject({
      code: 0,
      out: expect.stringContaining('pause counts as soon as canary start --resume') as string,
    });
    const aborted = await other('abort "the shop is slow"');
    expect(aborted.out).toContain('Z  aborted by ana: the shop is slow');
    expect(aborted.code).toBe(0);
    expect(site.workloads().map(({ release }) => release)).toEqual(['1.0.0']);
  });

  it('is aborted by the driver that took over a moment before whoever ordered it', async () => {
    const site = fakeSite();
    const ending = new AbortController();
    const driving = terminalOf(site)('start --to 2.0.0 --observe 1h', ending.signal);
    const state = () => terminalOf(site)('status').then(({ out }) => out);
    await expect.poll(state).toContain('of 3: observe 1 h');
    ending.abort();
    await driving;
    const other = terminalOf({ ...site, holder: 'eve@desk:2' });
    let taking: ReturnType<typeof other> | undefined;
    const store: FakeSite['store'] = {
      ...site.store,
      // The other takes over between the order and the look whether anybody drives.
      save: async (...change) => {
        const version = await site.store.save(...change);
        if (taking !== undefined) return version;
        const driver = { holder: 'eve@desk:2', leaseMs: 15_000, heartbeatAt: Date.now() };
        const now = { ...(await saved(site)), driver };
        taking = site.store.save('myapp', now, version).then(async () => other('start --resume'));
        return version;
      },
    };
    const aborted = await terminalOf({ ...site, store })('abort "the shop is slow"');
    expect(aborted.err).toContain('another driver was quicker');
    expect(aborted.out).toContain('abort: ana: the shop is slow');
    expect(aborted.code).toBe(0);
    await taking;
  });

  it('obeys pause, resume and promote while it is driven', async () => {
    const canary = terminalOf(fakeSite());
    const driving = canary('start --to 2.0.0 --observe 1h --confirm');
    await expect.poll(() => canary('status').then(({ out }) => out)).toContain('observe 1 h');
    expect((await canary('pause lunch')).out).toContain('pause: ana: lunch');
    expect((await canary('status')).out).toContain('canary resume: paused by ana, lunch');
    expect((await canary('resume')).code).toBe(0);
    expect(await canary('resume')).toMatchObject({
      code: 1,
      err: 'canary: cannot resume: it is neither paused, frozen nor held',
    });
    expect((await canary('promote --full')).code).toBe(0);
    expect(await driving).toMatchObject({ code: 0 });
  }, 20_000);
});

describe('a frozen app', () => {
  it('starts no release until it is thawed', async () => {
    const canary = terminalOf(fakeSite());
    expect((await canary('thaw')).err).toBe('canary: myapp is not frozen');
    expect((await canary('freeze "no releases before Monday"')).code).toBe(0);
    expect((await canary('status')).out).toContain('frozen by ana: no releases before Monday');
    const { code, err } = await canary('start --to 2.0.0');
    expect(err).toMatch(/myapp is frozen by ana since .*: no releases before Monday; canary thaw/);
    expect(code).toBe(1);
    expect((await canary('thaw')).code).toBe(0);
    expect((await canary('start --to 2.0.0 --observe 50ms --bake 0')).code).toBe(0);
  });
});

describe('canary deploy', () => {
  it('applies the objects and waits for their Deployments', async () => {
    const site = fakeSite();
    const { out, code } = await terminalOf(site)('deploy v2 --version 4.0.0');
    expect(out).toBe('applied Deployment myapp-deploy-v4.0\nready   Deployment myapp-deploy-v4.0');
    expect(code).toBe(0);
    expect(site.workloads().map(({ release }) => release)).toEqual(['1.0.0', '4.0.0']);
  });
});
