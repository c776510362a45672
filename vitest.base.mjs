import { defineConfig } from 'vitest/config';

/**
 * What every project's unit tests share: workspace packages resolve to their sources, and the
 * counts are written down for the summary of a CI run.
 *
 * @param {import('vitest/config').ViteUserConfig} [own] what a project sets for itself
 */
export function unitTests(own = {}) {
  return defineConfig({
    ...own,
    cacheDir: 'node_modules/.vite',
    resolve: { conditions: ['@canary/source', 'module', 'node', 'development|production'] },
    ssr: {
      resolve: { conditions: ['@canary/source', 'module', 'node', 'development|production'] },
    },
    test: {
      include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
      environment: 'node',
      // No test file changes what the others see: they share a process, and what it has loaded.
      isolate: false,
      reporters: ['default', 'json'],
      outputFile: { json: 'dist/test-results.json' },
      ...own.test,
    },
  });
}
