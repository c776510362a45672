import { articleRelease } from '@canary/scenario';
import { expect, test } from '@playwright/test';
import { canary } from './canary.ts';
import { graphFile, namespace, pulledImages } from './environment.ts';
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

test('canary doctor reaches the Prometheus of the release, and names the target that is DOWN', async () => {
  // The article's counter-example is still there.
  const { stdout, exitCode } = await canary(namespace, ['doctor', '-o', 'json']);
  const findings = JSON.parse(stdout) as readonly { readonly name: string }[];
  expect(findings.find(({ name }) => name === 'prometheus')).toEqual({
    name: 'prometheus',
    state: 'absent',
    message: expect.stringMatching(
      /^\d+ of \d+ targets are UP: http:\S+: server returned HTTP status 404/,
    ) as unknown,
  });
  expect(exitCode).toBe(0);
});
