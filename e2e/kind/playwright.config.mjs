import { defineConfig } from '@playwright/test';
import { inChromium } from '../../playwright.base.mjs';

const deadline = { setup: 5 * 60_000, test: 4 * 60_000, rollout: 8 * 60_000, all: 50 * 60_000 };

export default defineConfig({
  testDir: 'src',
  outputDir: 'dist/evidence',
  timeout: deadline.test,
  globalTimeout: deadline.all,
  // One cluster, one story: the steps of a release follow each other, and none is tried twice.
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: 'dist/test-results.json' }]],
  projects: [
    {
      name: 'cluster',
      testMatch: 'cluster.setup.ts',
      timeout: deadline.setup,
      teardown: 'cleanup',
    },
    { name: 'cleanup', testMatch: 'cluster.teardown.ts' },
    { name: 'images', testMatch: 'images.spec.ts', dependencies: ['cluster'] },
    { name: 'platform', testMatch: 'platform.spec.ts', dependencies: ['images'] },
    { name: 'release', testMatch: 'release.spec.ts', dependencies: ['platform'] },
    {
      name: 'rollout',
      testMatch: 'rollout.spec.ts',
      timeout: deadline.rollout,
      dependencies: ['release'],
    },
    {
      name: 'judge',
      testMatch: ['judge.spec.ts', 'page.spec.ts'],
      use: inChromium,
      timeout: deadline.rollout,
      dependencies: ['rollout'],
    },
    { name: 'monitoring', testMatch: 'monitoring.spec.ts', dependencies: ['judge'] },
  ],
});
