#!/usr/bin/env node
import { existsSync } from 'node:fs';

const bundle = new URL('../dist/canary.mjs', import.meta.url);
if (existsSync(bundle)) {
  await import(bundle.href);
} else {
  process.stderr.write('canary is not built yet: run npx nx build canary\n');
  process.exitCode = 1;
}
