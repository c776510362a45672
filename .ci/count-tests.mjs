// Adds up what the test runners wrote down; exit code 1 if anything failed, died or nothing passed.
// The argument is how many steps failed beside their tests.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const files = ['apps', 'libs', 'tools', 'e2e']
  .flatMap((folder) =>
    readdirSync(folder).flatMap((project) =>
      ['dist', 'dist/soak', 'dist/rollouts'].map(
        (where) => `${folder}/${project}/${where}/test-results.json`,
      ),
    ),
  )
  .filter((file) => existsSync(file));

const total = { passed: 0, failed: 0, skipped: 0 };
for (const file of files) {
  const { stats, ...vitest } = JSON.parse(readFileSync(file, 'utf8'));
  // Playwright's report has `stats`, Vitest's its numbers at the top.
  total.passed += stats ? stats.expected : vitest.numPassedTests;
  total.failed += stats ? stats.unexpected + stats.flaky : vitest.numFailedTests;
  total.skipped += stats ? stats.skipped : vitest.numPendingTests;
}
// A step that failed with no failed test to show for it (lint, types, a runner that died) counts as one.
const failedSteps = Number(process.argv[2] ?? 0);
if (failedSteps > 0 && total.failed === 0) total.failed = failedSteps;

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
