import { defineConfig } from '@playwright/test';
import { inChromium } from '../../playwright.base.mjs';

export default defineConfig({
  testDir: 'src',
  testIgnore: ['**/screenshots.spec.ts', '**/page-load.spec.ts'],
  outputDir: 'dist/evidence',
  timeout: 90_000,
  globalTimeout: 15 * 60_000,
  // The machine's two cores are part of the experiment: one thing at a time, and none tried twice.
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: 'dist/test-results.json' }]],
  use: inChromium,
});
