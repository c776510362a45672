import { articleRelease } from '@canary/scenario';
import { graphFile, pulledImages } from './environment.ts';
import { keepEvidence } from './evidence.ts';
import { kindWorld } from './kind-world.ts';
import { requireKind } from './require-kind.ts';

requireKind();
keepEvidence();
articleRelease({
  world: () => kindWorld,
  images: pulledImages,
  nodes: 2,
  pace: { rps: 100, scrapeSeconds: 10, steadySeconds: 70, window: '1m' },
  graphFile,
  splitRuns: Number(process.env['SPLIT_RUNS'] ?? 1),
});
