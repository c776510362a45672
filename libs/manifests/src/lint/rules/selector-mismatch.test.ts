import { expect, it } from 'vitest';
import { deployment } from '../testing/objects.ts';
import { problems } from '../testing/problems.ts';
import { selectorMismatch } from './selector-mismatch.ts';

const labels = '{app: web}';

it('finds a template without what the selector asks for', () => {
  expect(
    problems(selectorMismatch, deployment({ labels, selector: '{app: web, release: "1"}' })),
  ).toEqual([
    '4: Deployment web: selector asks for app=web,release=1, and the template has app=web',
  ]);
  expect(problems(selectorMismatch, deployment({ labels: '{}', selector: '{a: b}' }))).toEqual([
    '4: Deployment web: selector asks for a=b, and the template has no labels',
  ]);
  expect(problems(selectorMismatch, deployment({ labels, selector: '{}' }))).toEqual([
    '4: Deployment web: there is no selector',
  ]);
});

it('reads expressions too', () => {
  const expression = (operator: string, values: string) =>
    deployment().replace(
      'matchLabels: {app: web}',
      `matchExpressions: [{key: app, operator: ${operator}${values}}]`,
    );
  expect(problems(selectorMismatch, expression('In', ', values: [web]'))).toEqual([]);
  expect(problems(selectorMismatch, expression('Exists', ''))).toEqual([]);
  expect(problems(selectorMismatch, expression('NotIn', ', values: [web]'))).toHaveLength(1);
  expect(problems(selectorMismatch, expression('DoesNotExist', ''))).toHaveLength(1);
});

it('takes what has neither selector nor labels for a patch', () => {
  expect(problems(selectorMismatch, deployment({ labels: '{}' }))).toEqual([]);
});

it('lets be what fits, and what old APIs make up themselves', () => {
  expect(problems(selectorMismatch, deployment())).toEqual([]);
  const old = deployment({ selector: '{}' }).replace('apps/v1', 'extensions/v1beta1');
  expect(problems(selectorMismatch, old)).toEqual([]);
});
