import { expect, it } from 'vitest';
import type { Deployment, LabelSelector } from './api-objects.ts';
import { podSelectors } from './pod-selectors.ts';

const of = (...selectors: LabelSelector[]) =>
  podSelectors(selectors.map((selector) => ({ spec: { selector } }) as Deployment));
const labels = (...all: Record<string, string>[]) =>
  of(...all.map((matchLabels) => ({ matchLabels })));

it('asks for nothing where there is no Deployment', () => {
  expect(of()).toEqual([]);
});

it('asks for all pods where a selector takes all', () => {
  expect(labels({}, { app: 'a' })).toEqual(['']);
});

it.each([
  ['one Deployment', [{ app: 'a', tier: 'web' }], ['app=a,tier=web']],
  ['the same ones', [{ app: 'a' }, { app: 'a' }], ['app=a']],
  ['one that takes the other in', [{ app: 'a', track: 'canary' }, { app: 'a' }], ['app=a']],
  [
    'those that differ in one label',
    [
      { app: 'a', release: 'v1' },
      { app: 'a', release: 'v2' },
      { release: 'v3', app: 'a' },
    ],
    ['app=a,release in (v1,v2,v3)'],
  ],
  [
    'those that differ in more, one by one',
    [
      { app: 'a', part: 'shop' },
      { part: 'shop', component: 'b' },
    ],
    ['app=a,part=shop', 'component=b,part=shop'],
  ],
  [
    'a square of labels, in two joins',
    [
      { x: '1', y: '1' },
      { x: '2', y: '2' },
      { x: '1', y: '2' },
      { x: '2', y: '1' },
    ],
    ['x in (1,2),y in (1,2)'],
  ],
])('joins %s', (_, all, selectors) => {
  expect(labels(...all)).toEqual(selectors);
});

it('has conditions as the API writes them', () => {
  const matchExpressions = [
    { key: 'c', operator: 'Exists' },
    { key: 'b', operator: 'NotIn', values: ['y', 'x'] },
    { key: 'a', operator: 'In', values: ['z'] },
    { key: 'd', operator: 'DoesNotExist' },
  ];
  expect(of({ matchLabels: { app: 'a' }, matchExpressions })).toEqual([
    'app=a,!d,a in (z),b notin (x,y),c',
  ]);
  expect(of({ matchExpressions }, { matchExpressions: [] })).toEqual(['']);
});

it('takes what many have in common where they are too many to be asked for one by one', () => {
  const many = Array.from({ length: 5 }, (_, i) => ({ part: 'shop', [`only${i}`]: 'x' }));
  expect(labels(...many)).toEqual(['part=shop']);
  expect(labels(...many, { other: 'y' })).toEqual(['']);
});

it('is never longer than a server takes', () => {
  const many = Array.from({ length: 400 }, (_, i) => ({ app: `application-${i}` }));
  expect(labels(...many)).toEqual(['']);
  expect(labels(...many.slice(0, 100))[0]).toMatch(/^app in \(application-0,/);
});
