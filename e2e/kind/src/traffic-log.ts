import { createInterface } from 'node:readline';
import { TRAFFIC_NAME } from '@canary/manifests';
import type { TrafficWatch } from '@canary/scenario';
import type { TrafficReport } from '@canary/traffic';
import { expect } from '@playwright/test';
import { execa } from 'execa';
import { kubeconfig, namespace } from './environment.ts';
import { kubectl } from './kubectl.ts';

/** Waits until the pod that sends the load has come to a phase. */
export async function loadPhase(phase: 'Running' | 'Succeeded', space?: string): Promise<void> {
  const path = 'jsonpath={.items[*].status.phase}';
  const asked = ['get', 'pods', '-l', `appname=${TRAFFIC_NAME}`, '-o', path];
  await expect
    .poll(() => kubectl(asked, undefined, space), {
      message: 'the phase of the pod that sends the load',
      timeout: 60_000,
      intervals: [500],
    })
    .toBe(phase);
}

/** Follows the counts that the load's pod logs, a line of JSON every second. */
export function followTraffic(space: string = namespace): TrafficWatch {
  const reports: TrafficReport[] = [];
  const logs = execa(
    'kubectl',
    ['--kubeconfig', kubeconfig, '--namespace', space, 'logs', '--follow', `job/${TRAFFIC_NAME}`],
    { buffer: false, reject: false },
  );
  createInterface(logs.stdout).on('line', (line) => {
    // The log has what the process wrote to standard error, too.
    if (line.startsWith('{')) reports.push(JSON.parse(line) as TrafficReport);
  });
  return {
    reports: () => reports,
    stop: async () => {
      // The process is the container's first; on SIGTERM it stops sending, waits and writes its last counts.
      const end = ['node', '-e', 'process.kill(1, "SIGTERM")'];
      await kubectl(['exec', `job/${TRAFFIC_NAME}`, '--', ...end], undefined, space);
      await loadPhase('Succeeded', space);
      await logs;
      // Read again: the following breaks off where the API server does.
      const all = await kubectl(['logs', `job/${TRAFFIC_NAME}`, '--tail=5'], undefined, space);
      const last = all.split('\n').findLast((line) => line.startsWith('{'));
      if (last === undefined) throw new Error(`the load wrote no counts: ${all}`);
      return JSON.parse(last) as TrafficReport;
    },
  };
}
