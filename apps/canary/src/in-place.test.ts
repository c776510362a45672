import type { PlatformObject, RolloutRecord } from '@canary/rollout';
import { toYaml } from '@canary/manifests';
import { describe, expect, it } from 'vitest';
import { fakeSite } from './testing/fake-site.ts';
import { terminalOf } from './testing/terminal.ts';

const BRIEF = '--observe 50ms --bake 50ms';
/** The only Deployment there is, as a release in place sees it. */
const NAME = 'myapp-deploy-v1.0';
const start = `start deploy/${NAME} --image myapp=myapp:2.0.0`;

describe('a Deployment that is named', () => {
  it.each([
    ['start deploy/nobody --image a=b:1', 'there is no Deployment nobody in namespace canary'],
    ['start sts/db --image a=b:1', 'StatefulSet db cannot be released: its pods have names and'],
    [`start deploy/${NAME}`, 'nothing of Deployment myapp-deploy-v1.0'],
    [`start deploy/${NAME} --image shop=myapp:2`, 'myapp'],
    [`start deploy/${NAME} --to 2.0.0`, "--to makes releases of the catalogue's app"],
  ])('is not released by %s', async (line, message) => {
    const { code, err } = await terminalOf(fakeSite())(line);
    expect(err).toContain(message);
    expect(err.split('\n')).toHaveLength(1);
    expect(code).toBe(2);
  });

  it('is released in place: it takes the template over, and the canary goes', async () => {
    const site = fakeSite();
    const canary = terminalOf(site);
    const started = await canary(`${start} ${BRIEF}`);
    expect(started.err).toBe('');
    expect(started.out).toContain(`${NAME} has all traffic, the canary is gone`);
    expect(started.code).toBe(0);
    const [only, ...others] = site.workloads();
    expect(others).toEqual([]);
    expect([only?.ref.name, only?.replicas]).toEqual([NAME, 2]);
    expect(JSON.stringify(only?.object)).toContain('"image":"myapp:2.0.0"');
    const { value } = (await site.store.load<RolloutRecord>(NAME))!;
    expect([value.stable.release, value.canary.release]).toEqual(['v1.0', '2.0.0']);

    const undone = await canary(`undo deploy/${NAME} "customers complain"`);
    expect(undone.code).toBe(0);
    expect(JSON.stringify(site.workloads()[0]?.object)).toContain('"image":"myapp:v1.0"');
    expect((await canary(`explain deploy/${NAME}`)).out).toContain('customers complain');
    expect((await canary(`status deploy/${NAME}`)).out).toContain('v1.0 -> 2.0.0');
  });

  it('is left as it is, to the letter, by a canary that fails', async () => {
    const site = fakeSite();
    const before = JSON.stringify(site.workloads());
    site.failing.add('2.0.0');
    const { out, code } = await terminalOf(site)(`${start} --margin 0.01 --soak 2s --limit 60s`);
    expect(out).toContain('rolled back');
    expect(code).toBe(3);
    expect(JSON.stringify(site.workloads())).toBe(before);
  }, 30_000);

  it('comes from a file of the same name', async () => {
    const site = fakeSite();
    const { object } = site.workloads()[0]!;
    const changed = JSON.parse(
      JSON.stringify(object).replaceAll('myapp:v1.0', 'myapp:3.0.0'),
    ) as PlatformObject;
    const other = { ...changed, metadata: { ...changed.metadata, name: 'other' } };
    const canary = terminalOf(site, toYaml([other]));
    expect((await canary(`start deploy/${NAME} -f -`)).err).toContain(
      `--file - has Deployment other: give one Deployment ${NAME}`,
    );
    const ended = await terminalOf(site, toYaml([changed]))(`start deploy/${NAME} -f - ${BRIEF}`);
    expect(ended.code).toBe(0);
    expect(JSON.stringify(site.workloads()[0]?.object)).toContain('"image":"myapp:3.0.0"');
  });

  it('tells the platform which commands stand for images, once nothing is in the way', async () => {
    const site = fakeSite();
    const canary = terminalOf(site);
    const run = '--run "myapp:2.0.0=node app2.mjs"';
    expect(await canary(`${start} ${run}`)).toMatchObject({
      code: 2,
      err: 'canary: --run says what stands for myapp:2.0.0 on this machine, and this is --on kubernetes: leave it out, or say --on local',
    });
    expect((await canary(`${start} --on local --run "node app2.mjs"`)).err).toContain(
      'is no command for an image',
    );
    const refused = await canary(`start deploy/nobody --image a=b:1 ${run} --on local`);
    expect([refused.code, site.runs]).toEqual([2, []]);
    expect((await canary(`${start} ${run} ${BRIEF} --on local`)).code).toBe(0);
    const argv = ['node', 'app2.mjs'];
    expect(site.runs).toEqual([{ image: 'myapp:2.0.0', argv, cwd: process.cwd() }]);
  });
});
