import { execFileSync } from 'node:child_process';
import { test } from '@playwright/test';

/** The `prometheus` program; without one the tests of a file are skipped, or fail where CI is set. */
export function requirePrometheus(): string {
  const missing = 'prometheus is not on the PATH: install it (https://prometheus.io/download/)';
  test.beforeAll(() => {
    if (isThere()) return;
    if (process.env['CI'] === 'true') throw new Error(missing);
    test.skip(true, missing);
  });
  return 'prometheus';
}

function isThere(): boolean {
  try {
    execFileSync('prometheus', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
