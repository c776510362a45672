import { existsSync } from 'node:fs';
import { chromium, test } from '@playwright/test';

/** A browser; without one the tests of a file are skipped, or fail where CI is set. */
export function requireChromium(): void {
  const missing =
    'there is no Chromium: install it (npx playwright install chromium), or name one with PLAYWRIGHT_CHROMIUM';
  test.beforeAll(() => {
    const { launchOptions } = test.info().project.use;
    if (existsSync(launchOptions?.executablePath ?? chromium.executablePath())) return;
    if (process.env['CI'] === 'true') throw new Error(missing);
    test.skip(true, missing);
  });
}
