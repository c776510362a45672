import { runTool } from '@canary/platform';
import { kubeconfig, namespace } from './environment.ts';

/** Runs kubectl on the suite's cluster and namespace, and gives what it printed. */
export function kubectl(args: readonly string[], input?: string): Promise<string> {
  return runTool(
    'kubectl',
    ['--kubeconfig', kubeconfig, '--namespace', namespace, '--request-timeout=30s', ...args],
    { timeout: 120_000, ...(input === undefined ? {} : { input }) },
  );
}

/** The same for commands that answer in JSON. */
export async function kubectlJson<Value>(args: readonly string[]): Promise<Value> {
  return JSON.parse(await kubectl([...args, '-o', 'json'])) as Value;
}
