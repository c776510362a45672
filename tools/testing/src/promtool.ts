import { execa } from 'execa';

/** The part of a test's context that is used here. */
interface SkippableTest {
  readonly skip: (reason: string) => void;
}

/** Nx puts the folder of node before everything else on the PATH, and another promtool may live there. */
const PROMTOOL = process.env['PROMTOOL'] ?? 'promtool';

/**
 * Runs promtool for a test and gives its exit code and everything that it said. Where it is neither
 * named by `PROMTOOL` nor on the PATH, or was built without Kubernetes service discovery, the test is skipped with that
 * reason; where CI is set, it fails instead.
 */
export async function runPromtool(
  test: SkippableTest,
  args: readonly string[],
  input = '',
): Promise<{ exitCode: number | undefined; said: string }> {
  const { exitCode, all, code } = await execa(PROMTOOL, args, {
    input,
    reject: false,
    all: true,
  });
  const cannot =
    code === 'ENOENT'
      ? `${PROMTOOL} is not there`
      : all.includes('field kubernetes_sd_configs not found')
        ? 'this promtool is built without Kubernetes service discovery'
        : undefined;
  if (cannot !== undefined) {
    if (process.env['CI'] === 'true')
      throw new Error(`${cannot}: install Prometheus 3, or set PROMTOOL to its promtool`);
    test.skip(cannot);
  }
  return { exitCode, said: all };
}
