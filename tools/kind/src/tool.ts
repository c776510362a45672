import { execa, ExecaError, type Options } from 'execa';

/** A command-line tool is missing or failed; the message says which, why, and what helps. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
}

const remedies: Readonly<Record<string, string>> = {
  docker: 'install Docker (https://docs.docker.com/engine/install/) and start it',
  kind: 'install kind (https://kind.sigs.k8s.io/docs/user/quick-start/#installation)',
  kubectl: 'install kubectl (https://kubernetes.io/docs/tasks/tools/)',
};

/**
 * Runs a tool to its end and gives what it printed.
 *
 * @throws {@link ToolError} where it is not installed or fails, with the last lines that it printed
 */
export async function runTool(
  tool: 'docker' | 'kind' | 'kubectl',
  args: readonly string[],
  options: Options = {},
): Promise<string> {
  try {
    const { stdout } = await execa(tool, args, { ...options, encoding: 'utf8' });
    return typeof stdout === 'string' ? stdout : '';
  } catch (cause) {
    throw new ToolError(failure(tool, args, cause), { cause });
  }
}

/** Why clusters cannot be had here, in one sentence; undefined where they can. */
export async function missingTool(): Promise<string | undefined> {
  const probes = [
    ['docker', ['info', '--format', '{{.ServerVersion}}']],
    ['kind', ['version']],
    ['kubectl', ['version', '--client']],
  ] as const;
  for (const [tool, args] of probes) {
    const failed = await runTool(tool, args, { timeout: 20_000 }).then(
      () => undefined,
      (error: unknown) => error as ToolError,
    );
    if (failed) return failed.message;
  }
  return undefined;
}

function failure(tool: string, args: readonly string[], cause: unknown): string {
  if (!(cause instanceof ExecaError)) return `${tool} failed: ${String(cause)}`;
  if (cause.code === 'ENOENT') return `${tool} is not on the PATH: ${remedies[tool] ?? ''}`;
  const { stderr, shortMessage } = cause as { stderr?: unknown; shortMessage: string };
  const said = typeof stderr === 'string' ? stderr.trim().split('\n').slice(-5).join('\n') : '';
  return `${tool} ${args.join(' ')} failed: ${said === '' ? shortMessage : said}`;
}
