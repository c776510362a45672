import { defineConfig } from '@playwright/test';
import { inChromium } from '../../playwright.base.mjs';

const files = (...names) => names.map((name) => `**/${name}.spec.ts`);
const release = files('release', 'faults');
const page = files('page', 'page-looks', 'killed-driver', 'dashboards');
/** These have targets of their own. */
const elsewhere = files('screenshots', 'page-load');

export default defineConfig({
  testDir: 'src',
  outputDir: 'dist/evidence',
  timeout: 90_000,
  globalTimeout: 15 * 60_000,
  // Three lanes side by side, as most of the time is waiting; in each one file after the other. Whatever counts this
  // machine's processes of `canary` is in the last one. Nothing is tried twice.
  workers: 3,
  projects: [
    { name: 'release', testMatch: release, workers: 1 },
    { name: 'page', testMatch: page, workers: 1 },
    { name: 'commands', testIgnore: [...release, ...page, ...elsewhere], workers: 1 },
  ],
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: 'dist/test-results.json' }]],
  use: inChromium,
});
