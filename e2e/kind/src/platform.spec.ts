import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { execa } from 'execa';
import { kubeconfig } from './environment.ts';
import { requireKind } from './require-kind.ts';

requireKind();

test('the Kubernetes platform keeps the contract that the embedded one keeps', async () => {
  const cwd = fileURLToPath(new URL('../../../libs/kubernetes', import.meta.url));
  // The very tests beside the sources: without this variable they are skipped.
  const env = { CANARY_TEST_KUBECONFIG: kubeconfig, NODE_OPTIONS: '' };
  const args = ['vitest', 'run', '--reporter=default'];
  const { all, exitCode } = await execa('npx', args, { cwd, env, all: true, reject: false });
  const summary = /^.*Tests .*$/m.exec(all)?.[0] ?? 'no summary';
  process.stdout.write(`${summary}\n`);
  expect(exitCode, all).toBe(0);
  expect(summary).not.toContain('skipped');
});
