import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { runProgram } from './program.ts';

async function canary(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runProgram(args, {
    env: { TOMCAT_IMAGE: 'registry.example/tomcat:10.1' },
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    terminal: undefined,
    input: () => Promise.resolve(''),
    connect: () => Promise.reject(new Error('no cluster in these tests')),
    signal: new AbortController().signal,
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('canary', () => {
  it.each([
    [
      ['render', 'v1', '--replicas', '-1'],
      'replicas: -1 is not allowed: use a whole number from 0 to 1000',
    ],
    [['render', 'v1', '--replicas', 'four'], '--replicas "four" is not a number'],
    [['render', 'v1', '--version', '1.0+x'], 'version: "1.0+x" is not allowed: use a label value'],
    [['render', 'v3'], 'there is nothing named "v3" to render: use namespace, v1, v2,'],
    [['render', 'toString'], 'there is nothing named "toString" to render'],
    [['render', 'v1', '-n', 'My_Space'], 'namespace: "My_Space" is not allowed: use up to 63'],
    [['render', 'v2', '--env', 'ERROR_RATE'], '--env "ERROR_RATE" is not allowed: use NAME=VALUE'],
    [['render', 'v2', '--env', 'a b=1'], 'is not allowed: use variable names'],
    [['render', 'v1', '--image', 'my app'], 'images.myapp: "my app" is not allowed: use an image'],
    [['render', 'v1', '-o', 'xml'], 'Allowed choices are yaml, json'],
    [['render'], "missing required argument 'objects'"],
    [['rendre', 'v1'], "unknown command 'rendre'"],
    [['render', 'v1', '--replicsa', '3'], "unknown option '--replicsa'"],
    [['deploy', 'v1', '--timeout', '0'], '--timeout has to be above 0, such as 2m'],
    [['deploy', 'v9'], 'there is nothing named "v9" to render'],
    [['completion', 'tcsh'], 'there is no completion for "tcsh": use bash, zsh or fish'],
    [['freeze'], 'say why, as in canary freeze "no releases before Monday"'],
    [['status', '--on', 'local', '--context', 'a'], '--context is of --on kubernetes, and this is'],
    [['deploy', 'v1', '--on', 'mars'], 'Allowed choices are kubernetes, local'],
    [['up', '--replicas', '0'], '--replicas 0 is not allowed: use 1 to 20'],
    [['up', '--port', '0'], '--port 0 is not allowed: use 1 to 65535'],
    [['up', '--state', '/dev'], '--state /dev is no state folder of canary up: it has '],
    [['up', '--prometheus', '/nowhere'], '--prometheus "/nowhere" is no program'],
    [['traffic', 'myapp'], '"myapp" is no address: use one such as http://127.0.0.1:5555/'],
    [['traffic', 'http://127.0.0.1:1/', '--rps', '0'], '--rps 0 is not allowed: use 0.1 to 2000'],
    [['traffic', 'http://127.0.0.1:1/', '--version-pattern', '('], 'is no regular expression'],
  ])('says what is wrong with %j, without a stack, and exits with 2', async (args, message) => {
    const { code, out, err } = await canary(...args);
    expect(err).toContain(message);
    expect(err).not.toMatch(/^\s+at /m);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it('helps when nothing is asked, and exits with 2', async () => {
    const { code, err } = await canary();
    expect(err).toContain('Usage: canary');
    expect(code).toBe(2);
  });

  it('lists its commands and what can be rendered, with examples', async () => {
    expect(await canary('--help')).toMatchObject({ code: 0, err: '' });
    const { out, code } = await canary('render', '--help');
    expect(out).toMatch(/v2 +the canary/);
    expect(out).toContain('canary render v1 | kubectl apply -f -');
    expect(code).toBe(0);
  });

  it('tells what its exit codes mean', async () => {
    expect((await canary('--help')).out).toMatch(/5 {2}the release was rolled back because/);
  });

  it('says in a line that there is no cluster', async () => {
    expect(await canary('status')).toEqual({
      code: 1,
      out: '',
      err: 'canary: no cluster in these tests',
    });
    const { code, out } = await canary('doctor', '--kubeconfig', '/nowhere/config');
    expect(out).toMatch(
      /^MISSING +cluster +cannot reach a cluster: the kubeconfig \/nowhere\/config/m,
    );
    expect(code).toBe(1);
  });

  it('says what is missing on this machine, and the remedy', async () => {
    const { code, out } = await canary('doctor', '--on', 'local', '--state', '/tmp/canary-nowhere');
    expect(out).toMatch(/^ok +node +v\d+/m);
    expect(out).toMatch(/^MISSING +canary up .* start one with canary up --state/m);
    expect(code).toBe(1);
  });

  it('renders YAML that reads back as the objects of the JSON', async () => {
    const yaml = await canary('render', 'v1', 'v2', 'prometheus', 'tomcat', 'traffic');
    const json = await canary(
      'render',
      'v1',
      'v2',
      'prometheus',
      'tomcat',
      'traffic',
      '-o',
      'json',
    );
    const documents = parseAllDocuments(yaml.out).map((document) => document.toJS() as unknown);
    expect(documents).toEqual((JSON.parse(json.out) as { items: unknown[] }).items);
    expect(yaml.out).toContain('image: registry.example/tomcat:10.1');
  });

  it('changes a release as asked', async () => {
    const { out } = await canary(
      'render',
      'v2',
      '--version',
      '2.1.0',
      '--replicas',
      '3',
      '--env',
      'ERROR_RATE=0.05',
    );
    expect(out).toContain('name: myapp-deploy-v2.1');
    expect(out).toContain('release: 2.1.0');
    expect(out).toContain('replicas: 3');
    expect(out).toContain('name: ERROR_RATE\n              value: "0.05"');
    expect(out).toContain('name: VERSION\n              value: v2.1.0');
  });

  it('sends traffic and counts the answers', async () => {
    const server = createServer((_, response) => response.end('App Version: 1.0'));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, out } = await canary(
      'traffic',
      `http://127.0.0.1:${String(port)}/`,
      '--rps',
      '50',
      '--duration',
      '1.2',
      '-o',
      'json',
    );
    server.close();
    const reports = out.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(reports).toHaveLength(2);
    expect(reports.at(-1)).toMatchObject({
      sent: 60,
      answered: 60,
      versions: { '1.0': { requests: 60 } },
    });
    expect(code).toBe(0);
  });
});
