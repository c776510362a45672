import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRules } from '../lint/report.ts';
import { runProgram } from '../program.ts';
import { viewingObserver } from '../site/viewing-observer.ts';
import type { Site } from '../site/site.ts';
import { fakeSite } from '../testing/fake-site.ts';
import { workload } from '../testing/objects.ts';

const SIZED = 'resources: {limits: {cpu: 1, memory: 1Gi}}';
const deployment = (image: string, annotations = '{}') =>
  `apiVersion: apps/v1
kind: Deployment
metadata: {name: myapp-deploy-v1.0, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {app: web}
      annotations: ${annotations}
    spec: {containers: [{name: web, image: "${image}", ${SIZED}}]}
`;
/** A warning in line 10. */
const untagged = deployment('web');
/** An error in line 1. */
const removed = 'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: {name: web}\n';

async function lint(args: readonly string[], input = '', connect?: () => Promise<Site>) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runProgram(['lint', ...args], {
    env: {},
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    terminal: undefined,
    input: () => Promise.resolve(input),
    connect: connect ?? (() => Promise.reject(new Error('no cluster in these tests'))),
    signal: new AbortController().signal,
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('canary lint', () => {
  let folder = '';
  const file = async (name: string, text: string) => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'canary-lint-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    [[], '', 'there is nothing to check: name files, - for standard input, or a Deployment'],
    [['/nowhere/a.yaml'], '', '/nowhere/a.yaml cannot be read: there is no such file'],
    [['/tmp'], '', '/tmp cannot be read: it is a folder: name its files, such as k8s/*.yaml'],
    [['-'], '', 'stdin:1: there is no object in it'],
    [['-'], 'a: [', 'stdin:1: this is no YAML: '],
    [['-'], 'replicas: 3\n', 'stdin:1: this is no Kubernetes object: it has no apiVersion'],
    [['-', '--disable', 'image'], untagged, '--disable "image" is no rule: canary lint --list'],
    [['-', '--fail-on', 'never'], untagged, 'Allowed choices are warning, error'],
  ])('says what is wrong with %j and %j, and exits with 2', async (args, input, message) => {
    const { code, out, err } = await lint(args, input);
    expect(err).toContain(message);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it('tells of every file that it cannot read', async () => {
    const broken = await file('broken.yaml', 'a: 1\nb: [\n');
    const { err } = await lint([broken, '/nowhere/a.yaml']);
    expect(err.split('\n')).toEqual([
      expect.stringMatching(/^canary: .*broken\.yaml:3: this is no YAML/),
      'canary: /nowhere/a.yaml cannot be read: there is no such file',
    ]);
  });

  it('tells each finding with its file and line, and each rule once', async () => {
    const [a, b] = [await file('a.yaml', untagged), await file('b.yaml', untagged)];
    const { code, out } = await lint([a, b]);
    const lines = out.split('\n');
    const message = 'image "web" of container web has no tag';
    expect(lines.slice(0, 2)).toEqual(
      [a, b].map(
        (name) => `${name}:10: warning image-tag: Deployment myapp-deploy-v1.0: ${message}`,
      ),
    );
    expect(lines.filter((line) => line.startsWith('image-tag: '))).toHaveLength(1);
    expect(out).toMatch(/^ {2}why {2}It is another image/m);
    expect(out).toMatch(/^ {2}fix {2}Name a tag/m);
    expect(lines.at(-1)).toBe('0 errors, 2 warnings in 2 objects');
    expect(code).toBe(1);
  });

  it('exits with 0 where nothing was found, or nothing that fails', async () => {
    const clean = deployment('web:1');
    expect(await lint(['-'], clean)).toEqual({ code: 0, out: 'no finding in 1 object', err: '' });
    expect(await lint(['-', '--disable', 'image-tag'], untagged)).toMatchObject({ code: 0 });
    expect(await lint(['-', '--fail-on', 'error'], untagged)).toMatchObject({ code: 0 });
    expect(await lint(['-', '--fail-on', 'error'], removed)).toMatchObject({ code: 1 });
  });

  it('writes JSON for scripts', async () => {
    const { out } = await lint(['-', '-o', 'json'], untagged);
    expect(JSON.parse(out)).toMatchObject({
      objects: 1,
      findings: [{ rule: 'image-tag', severity: 'warning', file: 'stdin', line: 10 }],
      rules: { 'image-tag': { severity: 'warning', fix: expect.any(String) as string } },
    });
  });

  it('lists its rules', async () => {
    const { out, code } = await lint(['--list']);
    expect(out.split('\n').map((line) => line.split(' ')[0])).toEqual(allRules.map(({ id }) => id));
    expect(code).toBe(0);
    const json = JSON.parse((await lint(['--list', '-o', 'json'])).out) as unknown[];
    expect(json).toHaveLength(allRules.length);
  });
});

describe('canary lint --live', () => {
  const METRICS = '# TYPE http_requests_total counter\nhttp_requests_total 1\n';
  const annotations = '{prometheus.io/scrape: "true", prometheus.io/port: "80"}';
  const servers: Server[] = [];

  /** Two ready pods of v1, each a server of this machine. */
  async function running(answers: readonly [status: number, text: string][]): Promise<Site> {
    const addresses = await Promise.all(answers.map((answer) => listen(...answer)));
    const v1 = workload('1.0.0', answers.length, (pod, index) => ({
      ...pod,
      annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '80' },
      scrapeAddress: addresses[index],
    }));
    const site = fakeSite();
    const platform = {
      ...site.platform,
      list: () => Promise.resolve([{ ...v1, ref: { ...v1.ref, name: 'myapp-deploy-v1.0' } }]),
    };
    const observer: Site['observer'] = (selector, view) =>
      Promise.resolve(viewingObserver({ sight: platform, selector, view, prometheus: undefined }));
    return { ...site, platform, observer };
  }

  async function listen(status: number, text: string): Promise<string> {
    const server = createServer((_, response) =>
      response.writeHead(status, { 'content-type': 'text/plain' }).end(text),
    );
    servers.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  afterAll(() => {
    for (const server of servers) server.close();
  });

  const live = (site: Promise<Site>, ...more: string[]) =>
    lint(['-', '--live', ...more], deployment('web:1', annotations), () => site);

  it('finds pods that answer something else than metrics', async () => {
    const { code, out } = await live(
      running([
        [200, METRICS],
        [404, ''],
      ]),
    );
    expect(out).toMatch(
      /^stdin:9: error metrics-live: .* 1 of 2 ready pods answer no metrics: http:.*: server returned HTTP status 404 Not Found$/m,
    );
    expect(code).toBe(1);
    const html = await live(running([[200, '<html>']]));
    expect(html.out).toContain('1 of 1 ready pods answer no metrics');
  });

  it('finds nothing where they answer metrics', async () => {
    expect(await live(running([[200, METRICS]]))).toEqual({
      code: 0,
      out: 'no finding in 1 object',
      err: '',
    });
  });

  it('says which Deployment it could not ask', async () => {
    const { code, err } = await live(running([]));
    expect(err).toContain('Deployment shop/myapp-deploy-v1.0 has no ready pod to ask');
    expect(code).toBe(0);
  });

  it('asks nothing where the rule is disabled', async () => {
    const manifest = deployment('web:1', annotations);
    const { code, err } = await lint(['-', '--live', '--disable', 'metrics-live'], manifest);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it('fails where the cluster cannot be reached', async () => {
    const { code, err } = await lint(['-', '--live'], deployment('web:1', annotations));
    expect({ code, err }).toEqual({ code: 1, err: 'canary: no cluster in these tests' });
  });
});
