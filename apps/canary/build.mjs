import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { build } from 'esbuild';

// Chunks have other names after every change.
await mkdir('dist', { recursive: true });
for (const file of await readdir('dist')) if (file.endsWith('.mjs')) await rm(`dist/${file}`);

await build({
  entryPoints: { canary: 'src/main.ts' },
  bundle: true,
  // A command loads what it needs: nobody waits for a Kubernetes client to read the help.
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  conditions: ['@canary/source'],
  outdir: 'dist',
  chunkNames: 'chunk-[hash]',
  outExtension: { '.js': '.mjs' },
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
  // A dependency's dependency means the package, not Node's deprecated module of the same name.
  alias: { punycode: 'punycode/punycode.js' },
  // Some dependencies are CommonJS and require Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});

// The live page travels with the command line, too.
await cp('../dashboard/dist/page', 'dist/dashboard', { recursive: true });

// What the image of the service is built from travels with the command line.
const image = 'dist/images/myapp';
await mkdir(`${image}/dist`, { recursive: true });
for (const file of ['Dockerfile', '.dockerignore', 'dist/main.cjs']) {
  await cp(`../myapp/${file}`, `${image}/${file}`);
}
