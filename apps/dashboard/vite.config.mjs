import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  resolve: { conditions: ['@canary/source', 'module', 'browser', 'production'] },
  build: {
    outDir: 'dist/page',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    assetsInlineLimit: 0,
    // One script and one style: a report has both inside, and nothing is fetched one after the other.
    rolldownOptions: {
      output: {
        codeSplitting: false,
        entryFileNames: 'page.js',
        assetFileNames: 'page[extname]',
      },
    },
  },
});
