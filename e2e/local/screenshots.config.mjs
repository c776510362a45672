import release from './playwright.config.mjs';

/** Takes the pictures of the README: npx nx run local-e2e:screenshots. */
export default {
  ...release,
  projects: undefined,
  workers: 1,
  testMatch: '**/screenshots.spec.ts',
  outputDir: 'dist/screenshots',
  timeout: 300_000,
};
