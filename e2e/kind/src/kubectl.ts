import { runTool } from '@canary/kind';
import { kubeconfig, namespace } from './environment.ts';

/** Runs kubectl on the suite's cluster, in its namespace unless told another, and gives what it printed. */
export function kubectl(
  args: readonly string[],
  input?: string,
  space: string = namespace,
): Promise<string> {
  return runTool(
    'kubectl',
    ['--kubeconfig', kubeconfig, '--namespace', space, '--request-timeout=30s', ...args],
    { timeout: 120_000, ...(input === undefined ? {} : { input }) },
  );
}

/** The same for commands that answer in JSON. */
export async function kubectlJson<Value>(args: readonly string[]): Promise<Value> {
  return JSON.parse(await kubectl([...args, '-o', 'json'])) as Value;
}
