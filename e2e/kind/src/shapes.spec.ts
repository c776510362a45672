import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { format, resolveConfig } from 'prettier';
import { canary } from './canary.ts';
import { kubectl } from './kubectl.ts';
import { requireKind } from './require-kind.ts';

requireKind();

/** Deployments as people publish them, applied without an edit. */
const FOLDER = new URL('../../../libs/release/src/testing/shapes/', import.meta.url);
const DOCS = new URL('../../../docs/any-deployment.md', import.meta.url);

/** A file of the folder, what it is, the container that gets a new image, and the Deployment. */
const shapes: readonly (readonly [
  file: string,
  what: string,
  container: string,
  deployment?: string,
])[] = [
  ['app', 'selected by the label `app` alone', 'shop'],
  ['app-version', 'selected by `app` and `version`', 'shop', 'shop-v1'],
  ['name', 'selected by the label `name`', 'shop'],
  ['recommended-labels', 'selected by `app.kubernetes.io/*`', 'shop'],
  ['one-replica', 'one replica', 'shop'],
  ['no-replicas', 'no field `replicas`', 'server'],
  ['two-services', 'two Services, one by client IP', 'server'],
  ['sidecar', 'two containers: the app behind a proxy', 'shop'],
  ['init-container', 'an init container', 'shop'],
  ['no-probe', 'no readiness probe', 'php'],
  ['recreate', '`strategy: Recreate`', 'shop'],
  ['autoscaled', 'a HorizontalPodAutoscaler, which scales from 2 to 4 meanwhile', 'shop'],
  ['disruption-budget', 'a PodDisruptionBudget', 'shop'],
  ['helm', 'labels and annotations of Helm', 'shop', 'web-shop'],
  ['argo-cd', 'a tracking id of Argo CD', 'shop'],
  ['read-write-once', 'a volume that only one node may mount', 'mysql'],
  ['quota', 'a ResourceQuota with no room', 'shop'],
];
const REFUSED: Readonly<Record<string, RegExp>> = {
  'read-write-once': /ReadWriteOnce/,
  quota: /ResourceQuota store/,
};
/** So many at once: their pods have to fit. */
const AT_ONCE = 6;
const rows = new Map<string, string>();

interface Seen {
  readonly spec: { readonly replicas: number; readonly template: object };
  readonly metadata: { readonly uid: string };
}

for (let first = 0; first < shapes.length; first += AT_ONCE) {
  const batch = shapes.slice(first, first + AT_ONCE);
  test(`released as they are: ${batch.map(([file]) => file).join(', ')}`, async () => {
    test.setTimeout(400_000);
    const settled = await Promise.allSettled(
      batch.map(async ([file, what, container, name = 'shop']) => {
        const told = await released(file, container, name).catch(async (error: unknown) => {
          const events = ['get', 'events', '--sort-by=.lastTimestamp'];
          throw new Error(`${file}: ${await kubectl(events, undefined, `shape-${file}`)}`, {
            cause: error,
          });
        });
        rows.set(file, `| ${what} | ${told} |`);
      }),
    );
    await kubectl([
      ...['delete', 'namespace', ...batch.map(([file]) => `shape-${file}`)],
      '--wait=false',
    ]);
    expect(
      settled.flatMap((one) => (one.status === 'rejected' ? [told(one.reason as Error)] : [])),
    ).toEqual([]);
  });
}

test('the table in docs/ says what became of each', async () => {
  // They end in any order.
  const told = shapes.map(([file]) => rows.get(file) ?? `${file} was not released`);
  expect(told.filter((row) => !row.startsWith('|'))).toEqual([]);
  const page = await readFile(DOCS, 'utf8');
  const [begin, end] = [
    '<!-- shapes: written by the suite on kind -->',
    '<!-- end of the shapes -->',
  ];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  expect(from).toBeGreaterThan(0);
  const table = ['| Deployment | released in place |', '| --- | --- |', ...told].join('\n');
  const written = `${page.slice(0, from)}${begin}\n\n${table}\n\n${page.slice(to)}`;
  const style = await resolveConfig(fileURLToPath(DOCS));
  await writeFile(DOCS, await format(written, { ...style, parser: 'markdown' }));
});

/** Applies it, releases it to its promotion and back again, and says what became of it. */
async function released(file: string, container: string, name: string): Promise<string> {
  const space = `shape-${file}`;
  const cluster = (args: readonly string[], input?: string) => kubectl(args, input, space);
  await kubectl(['delete', 'namespace', space, '--ignore-not-found', '--wait']);
  await kubectl(['create', 'namespace', space]);
  // What such Deployments ask for beside themselves.
  for (const secret of ['shop-db', 'shop-tls'])
    await cluster(['create', 'secret', 'generic', secret, '--from-literal=KEY=value']);
  for (const account of ['shop', 'web-shop']) await cluster(['create', 'serviceaccount', account]);
  await cluster(['apply', '-f', new URL(`${file}.yaml`, FOLDER).pathname]);
  const deploy = `deploy/${name}`;
  const deployment = async () =>
    JSON.parse(await cluster(['get', 'deploy', name, '-o', 'json'])) as Seen;
  const image = [`${container}=registry.example/shop:2.0.0`];
  const start = ['start', deploy, '--image', ...image, '--judge', 'none', '--bake', '3s'];

  const refused = REFUSED[file];
  // A volume that nobody provides keeps its pod from being ready.
  if (file !== 'read-write-once') await cluster(['rollout', 'status', deploy, '--timeout=90s']);
  const before = await deployment();
  const planned = await canary(space, ['plan', ...start.slice(1)]);
  expect(planned.exitCode, planned.stderr).toBe(0);
  const found = planned.stdout
    .split('\n')
    .filter((line) => /^(In the way|Beware|Note): /.test(line));
  if (refused) {
    const ended = await canary(space, start);
    expect(ended.stderr).toMatch(refused);
    expect(ended.exitCode).toBe(1);
    expect((await deployment()).spec).toEqual(before.spec);
    return `refused: ${found
      .filter((line) => line.startsWith('In the way'))
      .map(shortly)
      .join('; ')}`;
  }
  const running = canary(space, [...start, '--observe', '6s']);
  if (file === 'autoscaled') {
    const canaries = () =>
      cluster(['get', 'deploy', 'shop-canary', '--ignore-not-found', '-o', 'name']);
    await expect.poll(canaries, { timeout: 60_000 }).toContain('shop-canary');
    await cluster(['patch', 'hpa', 'shop', '--type=merge', '-p', '{"spec":{"minReplicas":4}}']);
  }
  const ended = await running;
  expect(ended.exitCode, `${file}: ${ended.stdout}\n${ended.stderr}`).toBe(0);
  const after = await deployment();
  expect(after.metadata.uid).toBe(before.metadata.uid);
  expect(JSON.stringify(after.spec.template)).toContain('registry.example/shop:2.0.0');
  if (file === 'autoscaled') expect(after.spec.replicas).toBe(4);
  expect(await leftovers(cluster)).toBe('');
  expect(await revisions(cluster, deploy)).toBe(2);

  const undone = await canary(space, ['undo', deploy, 'and back again']);
  expect(undone.exitCode, `${file}: ${undone.stdout}\n${undone.stderr}`).toBe(0);
  expect((await deployment()).spec.template).toEqual(before.spec.template);
  expect(await leftovers(cluster)).toBe('');
  const told = found.length === 0 ? '' : `; told before: ${found.map(shortly).join('; ')}`;
  return `promoted, and undone${told}`;
}

function told({ message, cause }: Error): string {
  return `${cause instanceof Error ? cause.message : ''}\n${message}`;
}

async function leftovers(cluster: (args: readonly string[]) => Promise<string>): Promise<string> {
  const all = () => cluster(['get', 'deploy,rs,pods', '-l', 'canaryctl/role', '-o', 'name']);
  await expect.poll(all, { message: 'nothing of the canary is left', timeout: 60_000 }).toBe('');
  return all();
}

async function revisions(
  cluster: (args: readonly string[]) => Promise<string>,
  deploy: string,
): Promise<number> {
  const history = await cluster(['rollout', 'history', deploy]);
  return history.split('\n').filter((line) => /^\d/.test(line)).length;
}

/** A finding as a table has it: what is there, without what to do. */
function shortly(line: string): string {
  return line
    .replace(/^[^:]+: /, '')
    .split(': ')
    .slice(0, 2)
    .join(': ')
    .replaceAll('|', '/');
}
