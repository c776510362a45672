import { describe, expect, it } from 'vitest';
import { readConfig } from './read-config.ts';

describe('canary.yaml', () => {
  it.each([
    ['- target', 'x.yaml has ["target"]: give fields, such as target: deploy/shop'],
    ['stages', 'x.yaml has "stages": give fields'],
    ['a: [', 'x.yaml is no YAML of settings: '],
    ['soak: 1s\nsoak: 2s', 'x.yaml is no YAML of settings: Map keys must be unique at line 2'],
    ['soak: 1s\n---\nsoak: 2s', 'x.yaml is no YAML of settings: it has several documents'],
    [
      'kind: Deployment\napiVersion: apps/v1',
      'x.yaml is an object of Kubernetes (kind "Deployment")',
    ],
    [
      'kind: A\napiVersion: v1\n---\nkind: B\napiVersion: v1',
      'is an object of Kubernetes (kind "A")',
    ],
    ['kind: Deployment', 'x.yaml: kind is no field'],
    ['soka: 1s', 'x.yaml: soka is no field: use target, app, on, namespace, context, strategy,'],
    ['__proto__: {soak: 1s}', 'x.yaml: __proto__ is no field'],
    ['"a\\e[31m": 1', 'x.yaml: "a\\u001b[31m" is no field'],
    ['judge: {margn: 1}', 'x.yaml: judge.margn is no field: use metrics, from, alpha,'],
    ['judge: 1', 'x.yaml: judge: 1 is not allowed: use fields of its own, such as metrics'],
    [
      'judge: {margin: 1}',
      'judge.margin: 1 is not allowed: use a share between 0 and 1, such as 0.01',
    ],
    [
      'judge: {metrics: [errs]}',
      'judge.metrics: ["errs"] is not allowed: use a list of errors, lat',
    ],
    ['soak: soon', 'x.yaml: soak: "soon" is not allowed: use a time such as 30s, 5m or 1h'],
    ['soak: -1', 'x.yaml: soak: -1 is not allowed: use a time'],
    ['soak: null', 'x.yaml: soak: null is not allowed: use a time'],
    ['onLimit: wait', 'onLimit: "wait" is not allowed: use hold, promote or rollback'],
    ['confirm: "yes"', 'confirm: "yes" is not allowed: use true or false'],
    ['stages: [1, 1.5]', 'stages[1]: 1.5 is not allowed: use a list of whole numbers of 1 or more'],
    ['stages: []', 'stages: [] is not allowed: use a list of whole numbers'],
    ['strategy: blue-green', 'strategy: "blue-green" is not allowed: use canary'],
    ['target: sts/shop', 'target: "sts/shop" is not allowed: use a Deployment such as deploy/shop'],
    ['metrics: {errorStatus: 500}', 'metrics.errorStatus: 500 is not allowed: use a regular expr'],
    ['queries: [{name: a}]', 'x.yaml: queries[0].query is missing: use a list, each with a name'],
    ['queries: [{name: a, query: b, most: 1}]', 'queries[0].most is not allowed: use a list, each'],
    ['queries: [{name: all, query: b}]', 'queries[0].name: "all" is not allowed'],
    ['stages: [1]\nweights: [10]', 'stages and weights contradict each other: give one of them'],
    ['observe: 1m\nlimit: 1h', 'observe and limit contradict each other: give one of them'],
    ['target: deploy/a\napp: a', 'target and app contradict each other: give one of them'],
    [
      'namespace: [aaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbb, cccccccccccccccccccc]',
      'bbbb","cccccccccccc… is not',
    ],
  ])('%j is refused, with what is allowed', (text, message) => {
    expect(() => readConfig(text, 'x.yaml')).toThrow(message);
  });

  it('is refused where it is too long', () => {
    expect(() => readConfig('#'.repeat(1_000_001), 'x.yaml')).toThrow('has more than 1000000 char');
  });

  it('is refused where its aliases would grow without end', () => {
    const lists = Array.from(
      { length: 9 },
      (_, at) => `l${at + 1}: &l${at + 1} [${`*l${at}, `.repeat(9)}]`,
    );
    expect(() => readConfig(['l0: &l0 [x]', ...lists].join('\n'), 'x.yaml')).toThrow('is no YAML');
  });

  it('tells all that is wrong, a line each', () => {
    expect(() => readConfig('soak: soon\njudge: {alpha: 2, bta: 1}', 'x.yaml')).toThrow(
      /^x.yaml: soak: .*\nx.yaml: judge.alpha: 2 .*\nx.yaml: judge.bta is no field/,
    );
  });

  it('may have nothing, or sections with nothing', () => {
    expect(readConfig('', 'x.yaml')).toEqual({});
    expect(readConfig('# nothing\n', 'x.yaml')).toEqual({});
    expect(readConfig('judge:\n#  margin: 0.01\n', 'x.yaml')).toEqual({ judge: null });
  });
});
