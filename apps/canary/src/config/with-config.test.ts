import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeSite } from '../testing/fake-site.ts';
import { terminalOf } from '../testing/terminal.ts';

const NAME = 'myapp-deploy-v1.0';
const USED = 'canary: canary.yaml is used (--config none: not)';
const before = process.cwd();
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'canary-config-'));
  process.chdir(folder);
});
afterEach(async () => {
  process.chdir(before);
  await rm(folder, { recursive: true });
});

const settings = (text: string) => writeFile('canary.yaml', text);

describe('a command in a folder with canary.yaml', () => {
  it.each([
    ['judge: {margn: 1}', 'plan', 'canary.yaml: judge.margn is no field: use metrics,'],
    ['{kind: A, apiVersion: v1}', 'status --config canary.yaml', 'is an object of Kubernetes'],
    ['stages: [1]', 'plan --config other.yaml', 'other.yaml cannot be read: ENOENT'],
    ['stages: [1]', 'plan --config .', '. cannot be read: EISDIR'],
    ['target: deploy/nobody', 'plan', 'there is no Deployment nobody in namespace canary'],
    ['context: a', 'doctor --state b', '--state is of --on local'],
  ])('with %j refuses %s', async (text, line, message) => {
    await settings(text);
    const { code, err, out } = await terminalOf(fakeSite())(line);
    expect(err).toContain(message);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it('takes what it says, and says that it does', async () => {
    await settings('stages: [1, 2]');
    const canary = terminalOf(fakeSite(4));
    const planned = await canary('plan -o json');
    expect(planned.err).toBe(USED);
    const stages = (out: string) => (JSON.parse(out) as { readonly stages: unknown }).stages;
    expect(stages(planned.out)).toEqual(stages((await canary('plan -o json --steps 1,2')).out));
    const plain = await canary('plan -o json --config none');
    expect(plain.err).toBe('');
    expect(stages(plain.out)).not.toEqual(stages(planned.out));
  });

  it('takes what is given before what it says', async () => {
    await settings('stages: [1, 2]\njudge: {margin: 0.02}');
    const canary = terminalOf(fakeSite(4));
    const margin = async (line: string) => {
      const { judging } = JSON.parse((await canary(line)).out) as {
        readonly judging: { readonly judge: { readonly margin: number } };
      };
      return judging.judge.margin;
    };
    expect(await margin('plan -o json')).toBe(0.02);
    expect(await margin('plan -o json --margin 0.03')).toBe(0.03);
    expect((await canary('plan -o json --weights 20')).code).toBe(0);
  });

  it('reads another file that is named', async () => {
    await writeFile('other.yaml', 'target: deploy/nobody');
    const { err } = await terminalOf(fakeSite())('plan --config other.yaml');
    expect(err).toContain('canary: other.yaml is used');
    expect(err).toContain('there is no Deployment nobody');
  });

  it('is about the Deployment that it names, until the line names another, or an app', async () => {
    await settings(`target: deploy/${NAME}\nobserve: 50ms\nbake: 50ms`);
    const canary = terminalOf(fakeSite());
    const started = await canary('start --image myapp=myapp:2.0.0');
    expect(started.err).toBe(USED);
    expect(started.out).toContain(`${NAME} has all traffic, the canary is gone`);
    expect((await canary('undo "customers complain"')).code).toBe(0);
    expect((await canary('explain')).out).toContain('customers complain');
    expect((await canary('explain deploy/other')).code).toBe(1);
    expect((await canary('explain --app myapp')).code).toBe(1);
  });

  it('leaves a manifest of that name alone, and says so', async () => {
    await settings('{kind: Deployment, apiVersion: apps/v1}');
    const { code, err } = await terminalOf(fakeSite())('plan');
    expect(err).toBe(
      'canary: canary.yaml is an object of Kubernetes (kind "Deployment"), and no settings of releases: it is left alone (--config none: silently)',
    );
    expect(code).toBe(0);
  });

  it('is not asked where a command has no such settings', async () => {
    await settings('nonsense');
    expect((await terminalOf(fakeSite())('render v1')).code).toBe(0);
  });
});
