import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** What a layer may import; the layers themselves are described in docs/architecture.md. */
const layers = [
  { sourceTag: 'layer:testing', onlyDependOnLibsWithTags: [] },
  ...Object.entries({
    judge: ['judge'],
    rollout: ['judge'],
    release: ['rollout', 'judge'],
    runtime: ['rollout', 'judge'],
    adapter: ['release', 'runtime', 'rollout', 'judge'],
    app: ['adapter', 'release', 'runtime', 'rollout', 'judge'],
    e2e: ['adapter', 'release', 'runtime', 'rollout', 'judge', 'e2e'],
    tool: ['adapter', 'release', 'runtime', 'rollout', 'judge'],
  }).map(([layer, below]) => ({
    sourceTag: `layer:${layer}`,
    onlyDependOnLibsWithTags: [...below, 'testing'].map((name) => `layer:${name}`),
  })),
];

export default tseslint.config(
  { ignores: ['**/dist/', '**/out-tsc/', '**/node_modules/', '.nx/'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // Indexing is checked by the compiler; where it cannot see the bound, '!' says so.
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-console': 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
  {
    files: ['**/*.{ts,tsx,mjs}'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: false,
          allow: ['^.*/(vitest|playwright)\\.base\\.mjs$', '^.*/eslint\\.config\\.mjs$'],
          depConstraints: layers,
        },
      ],
    },
  },
  {
    // The domain knows no client, no server and no process: what it needs is handed in.
    files: ['libs/{judge,rollout}/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(node:|hono|@hono/|@kubernetes/|undici|prom-client)',
              message: 'declare a port and have it handed in',
            },
          ],
        },
      ],
      'no-restricted-globals': ['error', 'process', 'fetch', 'setTimeout', 'setInterval', 'Date'],
    },
  },
  prettier,
);
