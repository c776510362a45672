import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseParameters, renderObjects, toYaml } from '@canary/manifests';

/**
 * How long the real `canary lint` takes, from its start to its exit, for a file of 1,000 objects:
 * Deployments as the catalogue has them and a Service for each, without a finding, with one in
 * every Deployment, and as JSON. The limit that we set ourselves is 2 s.
 */
const OBJECTS = 1000;
const ROUNDS = 5;
const LIMIT_MS = 2000;

const program = fileURLToPath(new URL('../../../apps/canary/bin/canary.js', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'canary-linting-'));
const objects = Array.from({ length: OBJECTS / 2 }, (_, index) => appOf(index)).flat();
const yaml = toYaml(objects);
const json = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }, null, 2);

try {
  const times = [
    await time('objects.yaml', yaml, 0),
    await time('untagged.yaml', yaml.replaceAll('image: myapp:v1.0', 'image: myapp'), 1),
    await time('objects.json', json, 0),
  ];
  const slowest = Math.max(...times);
  process.stdout.write(`slowest median ${slowest.toFixed(0)} ms (wanted: under ${LIMIT_MS})\n`);
  if (slowest >= LIMIT_MS) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true });
}

/** A release and a Service of an app of its own. */
function appOf(index: number): object[] {
  const text = JSON.stringify(renderObjects(['v1'], parseParameters({ namespace: 'shop' })));
  const renamed = JSON.parse(text.replaceAll('myapp', `app-${index}`)) as { kind: string }[];
  return renamed
    .filter(({ kind }) => kind !== 'Namespace')
    .map(
      (object) => JSON.parse(JSON.stringify(object).replace(/app-\d+:v1/, 'myapp:v1')) as object,
    );
}

/** The median of several runs, each of which has to end with that exit code. */
async function time(name: string, text: string, expected: number): Promise<number> {
  const file = join(folder, name);
  await writeFile(file, text);
  const runs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const startedAt = performance.now();
    const { code, said } = await lint(file);
    runs.push(performance.now() - startedAt);
    if (code !== expected) throw new Error(`canary lint ${name} exited with ${code}: ${said}`);
  }
  const median = runs.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
  const lines = text.split('\n').length;
  process.stdout.write(
    `${name}: ${OBJECTS} objects, ${lines} lines: median ${median.toFixed(0)} ms, best ${runs[0]!.toFixed(0)} ms\n`,
  );
  return median;
}

function lint(file: string): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const options = { maxBuffer: 2 ** 26 };
    execFile(process.execPath, [program, 'lint', file], options, (error, out, err) => {
      resolve({ code: Number(error?.code ?? 0), said: `${err}${out}`.slice(-500) });
    });
  });
}
