import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { facts, service } from '../testing/facts.ts';
import { preflight } from './preflight.ts';
import { rules } from './rules.ts';

it('has a test for each rule, and each rule in its list', () => {
  const files = readdirSync(new URL('rules/', import.meta.url));
  const ids = rules.map(({ id }) => id).sort();
  expect(new Set(ids).size).toBe(ids.length);
  expect(files.sort()).toEqual(ids.flatMap((id) => [`${id}.test.ts`, `${id}.ts`]).sort());
});

it('finds nothing where nothing is in the way', () => {
  expect(preflight(facts())).toEqual([]);
});

it('tells first what cannot work', () => {
  const findings = preflight(
    facts({
      services: [service('a'), service('b'), service('c', { sessionAffinity: 'ClientIP' })],
      shop: { spec: { paused: true } },
    }),
  );
  expect(findings.map(({ severity, rule }) => `${severity} ${rule}`)).toEqual([
    'refuse settled',
    'warn session-affinity',
    'info several-services',
  ]);
});
