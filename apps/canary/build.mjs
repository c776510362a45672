import { cp, mkdir } from 'node:fs/promises';
import { build } from 'esbuild';

await build({
  entryPoints: ['src/main.ts'],
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  conditions: ['@canary/source'],
  outfile: 'dist/canary.js',
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
