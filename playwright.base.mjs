import { existsSync } from 'node:fs';

const system = '/usr/bin/chromium';
const chromium = process.env.PLAYWRIGHT_CHROMIUM ?? (existsSync(system) ? system : undefined);
const isRoot = process.getuid?.() === 0;

/** How the page's tests see it: in the Chromium of the environment, of the system, or Playwright's own. */
export const inChromium = {
  viewport: { width: 1366, height: 768 },
  locale: 'en-GB',
  screenshot: 'only-on-failure',
  launchOptions: {
    ...(chromium ? { executablePath: chromium } : {}),
    args: ['--disable-background-networking', ...(isRoot ? ['--no-sandbox'] : [])],
  },
};
