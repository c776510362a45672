import { describe, expect, it } from 'vitest';
import type { Options } from '../command.ts';
import { appOptions, camelCase } from '../options.ts';
import { judgingOptions } from '../release/judging-options.ts';
import { planOptions } from '../release/wish.ts';
import { longName } from './fields.ts';
import { mergeConfig } from './merge-config.ts';
import { readConfig } from './read-config.ts';

const specs = [...planOptions, ...judgingOptions, ...appOptions];
const defaults = Object.fromEntries(
  specs.flatMap((spec) =>
    spec.default === undefined ? [] : [[camelCase(longName(spec)), spec.default]],
  ),
);
const names = specs.map((spec) => camelCase(longName(spec)));

function merged(text: string, given: Options = {}, { env = {}, has = names } = {}): Options {
  return mergeConfig(readConfig(text, 'canary.yaml'), {
    options: { ...defaults, ...given },
    has: (name) => has.includes(name),
    isGiven: (name) => Object.hasOwn(given, name),
    env,
  });
}

describe('the options with canary.yaml', () => {
  it('are the defaults where it says nothing', () => {
    expect(merged('')).toEqual(defaults);
    expect(merged('confirm: false\njudge: {robust: false}\nmetrics:')).toEqual(defaults);
  });

  it('go before a default, and not before what is given', () => {
    expect(merged('soak: 5m')).toEqual({ ...defaults, soak: '5m' });
    expect(merged('soak: 5m', { soak: '60s' })).toEqual(defaults);
    expect(merged('metrics: {where: [a="1"]}', { where: ['b="2"'] })).toMatchObject({
      where: ['b="2"'],
    });
  });

  it('are those of the command', () => {
    expect(merged('soak: 5m\nnamespace: shop', {}, { has: ['namespace'] })).toEqual({
      ...defaults,
      namespace: 'shop',
    });
  });

  it.each([
    ['stages: [1, 2]', { steps: '1,2' }],
    ['weights: [2.5, 10]', { weights: '2.5,10' }],
    ['bake: 0', { bake: '0' }],
    ['ready: 2m', { readySeconds: '120' }],
    ['grace: 500ms', { graceSeconds: '0.5' }],
    ['confirm: true', { confirm: true }],
    [
      'judge: {metrics: [errors, restarts], margin: 0.01}',
      { judge: 'errors,restarts', margin: '0.01' },
    ],
    ['judge: {metrics: none, margin: auto}', { judge: 'none', margin: 'auto' }],
    ['judge: {latencyTest: same-law}', { latencyTest: 'same-law' }],
    ['metrics: {port: 9090, errorStatus: "5.."}', { metricsPort: '9090', errorStatus: '5..' }],
    ['prometheus: {url: none}', { prometheus: 'none' }],
    [
      'queries: [{name: a, query: b == 1, max: 1, min: -1}, {name: c, query: d, reportOnly: true}]',
      { query: ['a=b == 1', 'c=d'], max: ['a=1'], min: ['a=-1'], reportOnly: 'c' },
    ],
  ])('are those that %s means', (text, options) => {
    expect(merged(text)).toMatchObject(options);
  });

  it('are without what contradicts what is given', () => {
    expect(merged('stages: [1, 2]', { weights: '10' })).toEqual({ ...defaults, weights: '10' });
    expect(merged('weights: [10]', { steps: '1' })).toEqual({ ...defaults, steps: '1' });
    expect(merged('observe: 5m', { limit: '1h' })).toEqual({ ...defaults, limit: '1h' });
  });

  it('have queries by their names', () => {
    const text = 'queries: [{name: a, query: x, max: 1}, {name: b, query: y, max: 2}]';
    expect(merged(text, { max: ['a=5'], query: ['c=z'] })).toMatchObject({
      query: ['a=x', 'b=y', 'c=z'],
      max: ['b=2', 'a=5'],
    });
  });

  it('are of the place that is asked for', () => {
    const file = 'on: local';
    expect(merged(file)).toEqual({ ...defaults, on: 'local' });
    expect(merged(file, {}, { env: { CANARY_ON: 'kubernetes' } })).toEqual(defaults);
    expect(merged(file, { context: 'a' })).toEqual({ ...defaults, context: 'a' });
    const cluster = 'context: prod';
    expect(merged(cluster, { on: 'local' })).toEqual({ ...defaults, on: 'local' });
    expect(merged(cluster, {}, { env: { CANARY_ON: 'local' } })).toEqual(defaults);
    expect(merged(cluster, { on: 'kubernetes' }, { env: { CANARY_ON: 'local' } })).toMatchObject({
      context: 'prod',
    });
  });
});
