import { fileURLToPath } from 'node:url';
import { articleRelease } from '@canary/scenario';
import { test } from '@playwright/test';
import { startLocalWorld, type LocalWorld } from './local-world.ts';
import { requirePrometheus } from './require-prometheus.ts';

const prometheus = requirePrometheus();
let world: LocalWorld | undefined;

test.beforeAll(async () => {
  world = await startLocalWorld(prometheus);
});
test.afterAll(() => world?.close());

articleRelease({
  world: () => world!,
  nodes: 1,
  pace: { rps: 200, scrapeSeconds: 1, steadySeconds: 12, window: '10s' },
  graphFile: fileURLToPath(new URL('../dist/release.svg', import.meta.url)),
});
