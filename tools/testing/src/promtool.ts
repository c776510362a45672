import { execa } from 'execa';

/** The part of a test's context that is used here. */
interface SkippableTest {
  readonly skip: (reason: string) => void;
}

/**
 * Runs promtool for a test and gives its exit code and everything that it said. Where it is not on
 * the PATH, or was built without Kubernetes service discovery, the test is skipped with that
 * reason; where CI is set, it fails instead.
 */
export async function runPromtool(
  test: SkippableTest,
  args: readonly string[],
  input = '',
): Promise<{ exitCode: number | undefined; said: string }> {
  const { exitCode, all, code } = await execa('promtool', args, {
    input,
    reject: false,
    all: true,
  });
  const cannot =
    code === 'ENOENT'
      ? 'promtool is not on the PATH'
      : all.includes('field kubernetes_sd_configs not found')
        ? 'this promtool is built without Kubernetes service discovery'
        : undefined;
  if (cannot !== undefined) {
    if (process.env['CI'] === 'true') throw new Error(`${cannot}: install Prometheus 3`);
    test.skip(cannot);
  }
  return { exitCode, said: all };
}
