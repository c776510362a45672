import { defineConfig } from '@playwright/test';
import { inChromium } from '../../playwright.base.mjs';

const deadline = { setup: 5 * 60_000, test: 4 * 60_000, all: 50 * 60_000 };

/** The article's release, on a cluster of its own: npx nx e2e kind-e2e. */
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
  use: inChromium,
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
  ],
});
