import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportLogs } from '@canary/kind';
import { test } from '@playwright/test';
import { cluster, namespace } from './environment.ts';
import { kubectl } from './kubectl.ts';

/** After a failed test: objects, events, pod logs and the nodes' own logs, in the suite's folder of evidence. */
export function keepEvidence(space: string = namespace): void {
  // eslint-disable-next-line no-empty-pattern -- Playwright wants its fixtures destructured
  test.afterEach(async ({}, { status, expectedStatus, title, project }) => {
    if (status === expectedStatus || status === 'skipped') return;
    const folder = join(project.outputDir, title.replace(/[^a-z0-9]+/gi, '-').slice(0, 60));
    await mkdir(folder, { recursive: true });
    const ask = (command: readonly string[]) => kubectl(command, undefined, space);
    const keep = async (file: string, command: readonly string[]) =>
      writeFile(join(folder, file), await ask(command).catch(String));
    await keep('objects.yaml', ['get', 'all,configmaps,endpointslices', '-o', 'yaml']);
    await keep('pods.txt', ['describe', 'pods']);
    await keep('events.txt', ['get', 'events', '--sort-by=.lastTimestamp']);
    const pods = await ask(['get', 'pods', '-o', 'name']).catch(() => '');
    for (const pod of pods.split('\n').filter(Boolean)) {
      await keep(`${pod.replace('/', '-')}.log`, ['logs', pod, '--all-containers', '--timestamps']);
    }
    await exportLogs(cluster, join(folder, 'nodes')).catch((error: unknown) =>
      writeFile(join(folder, 'nodes.txt'), String(error)),
    );
  });
}
