import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/**
 * A credential plugin for the test that runs: a script that may use `say(status)`, which writes an
 * ExecCredential, and `info`, which is what it was told.
 */
export async function plugin(script: string, exec: object = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'canary-plugin-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [file, log] = [join(folder, 'plugin.mjs'), join(folder, 'runs')];
  await writeFile(
    file,
    `import { appendFileSync, readFileSync } from 'node:fs';
const info = JSON.parse(process.env.KUBERNETES_EXEC_INFO);
appendFileSync(${JSON.stringify(log)}, JSON.stringify({ info, args: process.argv.slice(2), env: process.env.GIVEN }) + '\\n');
const run = readFileSync(${JSON.stringify(log)}, 'utf8').trim().split('\\n').length;
const say = (status) => console.log(JSON.stringify({ apiVersion: info.apiVersion, kind: 'ExecCredential', status }));
${script}
`,
  );
  return {
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1',
      interactiveMode: 'IfAvailable',
      command: process.execPath,
      args: [file],
      ...exec,
    },
    file,
    /** What each run was given. */
    runs: async () => {
      const text = await readFile(log, 'utf8').catch(() => '');
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map(
          (line) =>
            JSON.parse(line) as {
              info: { spec: { interactive: boolean; cluster?: object } };
              args: string[];
              env: string | undefined;
            },
        );
    },
  };
}
