import article from './playwright.config.mjs';

const timeout = 8 * 60_000;

/** Releases that `canary` drives, and what can go wrong with them: npx nx run kind-e2e:rollouts. */
export default {
  ...article,
  outputDir: 'dist/rollouts/evidence',
  reporter: [['list'], ['json', { outputFile: 'dist/rollouts/test-results.json' }]],
  projects: [
    ...article.projects.filter(({ name }) => ['cluster', 'cleanup'].includes(name)),
    { name: 'rollout', testMatch: 'rollout.spec.ts', timeout, dependencies: ['cluster'] },
    {
      name: 'judge',
      testMatch: ['judge.spec.ts', 'page.spec.ts'],
      timeout,
      dependencies: ['rollout'],
    },
    {
      name: 'real-services',
      testMatch: 'real-services.spec.ts',
      timeout,
      dependencies: ['judge'],
    },
    {
      name: 'in-place',
      testMatch: ['shapes.spec.ts', 'in-place.spec.ts'],
      timeout,
      dependencies: ['judge'],
    },
    { name: 'monitoring', testMatch: 'monitoring.spec.ts', dependencies: ['judge'] },
  ],
};
