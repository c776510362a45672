import { expect, it } from 'vitest';
import { UsageError, type Options } from '../command.ts';
import { siteOptionsOf } from './site-options.ts';

const of = (options: Options, env: Readonly<Record<string, string>> = {}) =>
  siteOptionsOf({ env }, options);

it.each<[Options, string, string]>([
  [{ on: 'local', context: 'kind' }, '', '--context is of --on kubernetes, and this is --on local'],
  [{ kubeconfig: 'x' }, 'local', '--kubeconfig is of --on kubernetes, and this is --on local'],
  [{ state: 'x' }, '', '--state is of --on local, and this is --on kubernetes: leave it out, or'],
  [{}, 'mars', 'CANARY_ON "mars" is no platform: use kubernetes or local'],
])('does not take %j with CANARY_ON=%s', (options, variable, message) => {
  const read = () => of(options, { CANARY_ON: variable });
  expect(read).toThrow(UsageError);
  expect(read).toThrow(message);
});

it('is a cluster unless an option, or else the environment, says otherwise', () => {
  const cluster = { on: 'kubernetes', namespace: 'canary', context: 'a', kubeconfig: undefined };
  const here = { on: 'local', namespace: 'shop', state: '.canary' };
  expect(of({ context: 'a' })).toMatchObject(cluster);
  expect(of({ context: 'a' }, { CANARY_ON: '' })).toMatchObject(cluster);
  expect(of({ on: 'kubernetes', context: 'a' }, { CANARY_ON: 'local' })).toMatchObject(cluster);
  expect(of({ namespace: 'shop' }, { CANARY_ON: 'local' })).toMatchObject(here);
  expect(of({ namespace: 'shop', on: 'local' })).toMatchObject(here);
  expect(of({ on: 'local', state: '/tmp/x' })).toMatchObject({ state: '/tmp/x' });
});

it("has the context's own namespace for a Deployment that is named, unless another is", () => {
  const names = { naming: undefined, isInPlace: true };
  const namespaceOf = (options: Options) => siteOptionsOf({ env: {} }, options, names).namespace;
  expect([namespaceOf({}), namespaceOf({ namespace: 'shop' })]).toEqual([undefined, 'shop']);
});
