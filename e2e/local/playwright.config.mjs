import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const system = '/usr/bin/chromium';
const chromium = process.env.PLAYWRIGHT_CHROMIUM ?? (existsSync(system) ? system : undefined);
const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: 'src',
  testIgnore: '**/screenshots.spec.ts',
  outputDir: 'dist/evidence',
  timeout: 90_000,
  globalTimeout: 15 * 60_000,
  // The machine's two cores are part of the experiment: one thing at a time, and none tried twice.
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: 'dist/test-results.json' }]],
  use: {
    viewport: { width: 1366, height: 768 },
    locale: 'en-GB',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: ['--disable-background-networking', ...(isRoot ? ['--no-sandbox'] : [])],
    },
  },
});
