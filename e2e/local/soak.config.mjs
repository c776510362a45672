import release from './playwright.config.mjs';

/** What takes a minute and both cores: npx nx run local-e2e:soak. */
export default {
  ...release,
  projects: undefined,
  workers: 1,
  testMatch: '**/page-load.spec.ts',
  outputDir: 'dist/soak/evidence',
  reporter: [['list'], ['json', { outputFile: 'dist/soak/test-results.json' }]],
};
