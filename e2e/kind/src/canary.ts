import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { kubeconfig } from './environment.ts';

const program = fileURLToPath(new URL('../../../apps/canary/bin/canary.js', import.meta.url));

/** How a command of `canary` ended, and what it wrote. */
export interface Ended {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `canary` on the suite's cluster; never rejects because of its exit code. */
export function canary(space: string, args: readonly string[], input?: string) {
  const where = ['--kubeconfig', kubeconfig, '--namespace', space];
  return execa('node', [program, ...args, ...where], {
    reject: false,
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    timeout: 400_000,
  });
}
