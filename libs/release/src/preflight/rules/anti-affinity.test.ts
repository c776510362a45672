import { expect, it } from 'vitest';
import { found } from '../../testing/facts.ts';
import { antiAffinity } from './anti-affinity.ts';

const rule = (app: string, when: string) => ({
  pod: {
    affinity: {
      podAntiAffinity: {
        [`${when}DuringSchedulingIgnoredDuringExecution`]: [
          { labelSelector: { matchLabels: { app } }, topologyKey: 'kubernetes.io/hostname' },
        ],
      },
    },
  },
});

it('warns of pods that need a node each', () => {
  const [line] = found(antiAffinity, { shop: rule('shop', 'required') });
  expect(line).toMatch(
    /^warn Deployment shop: its podAntiAffinity keeps pods of app=shop apart by kubernetes\.io\/hostname: with the canary 3 of them are needed/,
  );
});

it.each([rule('db', 'required'), rule('shop', 'preferred'), {}])('finds nothing in %j', (shop) => {
  expect(found(antiAffinity, { shop })).toEqual([]);
});
