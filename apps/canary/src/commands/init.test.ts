import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDeployment } from '@canary/release';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configFields } from '../config/fields.ts';
import { jsonSchema, valueOf } from '../config/schema.ts';
import { readConfig } from '../config/read-config.ts';
import { fakeSite, type FakeSite } from '../testing/fake-site.ts';
import { terminalOf } from '../testing/terminal.ts';

const NAME = 'myapp-deploy-v1.0';
const before = process.cwd();
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'canary-init-'));
  process.chdir(folder);
});
afterEach(async () => {
  process.chdir(before);
  await rm(folder, { recursive: true });
});

const READY = { replicas: 4, updatedReplicas: 4, availableReplicas: 4 };

/** A platform that has nothing but the Deployment. */
function withFacts(site: FakeSite): FakeSite {
  const nothing = {
    ...{ services: [], endpointSlices: [], autoscalers: [], disruptionBudgets: [] },
    ...{ volumeClaims: [], quotas: [], limitRanges: [], replicaSets: [], deployments: [] },
    ...{ namespaceLabels: {}, dryRun: undefined, access: [], unasked: [] },
  };
  site.facts = ({ deployment, template, canary }) =>
    Promise.resolve({
      ...nothing,
      ...{ template, canary: readDeployment(canary) },
      deployment: readDeployment({ ...deployment, status: READY }),
    });
  return site;
}

describe('canary init', () => {
  it.each([
    ['init', 'name the Deployment, as in canary init deploy/shop'],
    ['init deploy/nobody', 'there is no Deployment nobody in namespace canary'],
    ['init sts/db', 'StatefulSet db cannot be released'],
    [`init deploy/${NAME} --on local --context a`, '--context is of --on kubernetes'],
  ])('writes nothing for %s', async (line, message) => {
    const { code, err } = await terminalOf(fakeSite())(line);
    expect(err).toContain(message);
    expect(code).toBe(2);
    expect(await readdir('.')).toEqual([]);
  });

  it.each([
    ['canary.yaml', 'target: deploy/mine'],
    ['canary.schema.json', '{"title": "another"}'],
  ])('leaves a %s that is there, unless it is forced', async (file, text) => {
    await writeFile(file, text);
    const canary = terminalOf(fakeSite());
    const { code, err } = await canary(`init deploy/${NAME}`);
    expect(err).toContain(`${file} is there already`);
    expect(code).toBe(2);
    expect(await readFile(file, 'utf8')).toBe(text);
    expect((await canary(`init deploy/${NAME} --force`)).code).toBe(0);
    expect(await readFile(file, 'utf8')).not.toBe(text);
  });

  it('writes what it has seen, and every setting with its default', async () => {
    const site = withFacts(fakeSite(4));
    const { code, out, err } = await terminalOf(site)(`init deploy/${NAME}`);
    expect(code).toBe(0);
    expect(out).toBe('canary.yaml\ncanary.schema.json');
    expect(err).toBe('canary: what would come of it: canary plan --image container=image');
    await expect(await readFile('canary.yaml', 'utf8')).toMatchFileSnapshot(
      join(before, 'src/golden/init.yaml'),
    );
    expect(JSON.parse(await readFile('canary.schema.json', 'utf8'))).toEqual(jsonSchema());
  });

  it('says what cannot be judged, and writes the file all the same', async () => {
    const site = fakeSite();
    site.exposes = () => {
      throw new Error('no\npod answers');
    };
    const { code, out } = await terminalOf(site)(`init deploy/${NAME} -o - --on local`);
    expect(out).toContain('# - Metrics: no pod answers\n');
    expect(readConfig(out, 'x.yaml')).toMatchObject({ on: 'local', namespace: 'canary' });
    expect(code).toBe(0);
  });

  it('says why no request would be judged', async () => {
    const site = fakeSite();
    site.exposes = () => [{ name: 'process_cpu_seconds_total', labels: {}, value: 1 }];
    const { out } = await terminalOf(site)(`init deploy/${NAME} -o -`);
    expect(out).toContain(
      '# - Metrics: readiness and restarts decide, as no request can be counted',
    );
  });

  it('prints its schema without a look at anything', async () => {
    const { code, out } = await terminalOf(fakeSite())('init --schema');
    expect(JSON.parse(out)).toEqual(jsonSchema());
    expect(code).toBe(0);
  });

  it('writes to standard output alone, where that is asked for', async () => {
    const { out } = await terminalOf(fakeSite())(`init deploy/${NAME} -o -`);
    expect(out).toMatch(/^# yaml-language-server: \$schema=\.\/canary\.schema\.json\n/);
    expect(await readdir('.')).toEqual([]);
  });

  it('writes what is read back, and means the defaults', async () => {
    const { out } = await terminalOf(fakeSite())(`init deploy/${NAME} -o -`);
    const set = { target: `deploy/${NAME}`, namespace: 'canary', strategy: 'canary', stages: [1] };
    const sections = { judge: null, metrics: null, prometheus: null };
    expect(readConfig(out, 'canary.yaml')).toEqual({ ...set, ...sections });
    // Every setting behind a # that is no example.
    const examples = /(example:\n) *#.*/g;
    const config = readConfig(out.replace(examples, '$1').replace(/^( *)#(\w)/gm, '$1$2'), 'x');
    for (const field of configFields) {
      if (['target', 'app', 'namespace'].includes(field.path)) continue;
      expect(valueOf(config, field), field.path).toEqual(field.default);
    }
  });

  it.each(configFields.filter(({ path }) => !['app', 'stable'].includes(path)))(
    'has $path, with what could stand there',
    async ({ path, default: byDefault, example }) => {
      const { out } = await terminalOf(fakeSite())(`init deploy/${NAME} -o -`);
      const [name = '', key = name] = path.split('.');
      const section = key === name ? out : out.slice(out.indexOf(`\n${name}:`));
      const [line = ''] = new RegExp(`^ *#?${key}: .*`, 'm').exec(section) ?? [];
      const { [key]: value } = parse(line.replace('#', '')) as Record<string, unknown>;
      if (path !== 'target' && path !== 'namespace') expect(value).toEqual(byDefault ?? example);
      else expect(value).toBeTypeOf('string');
    },
  );
});
