import { expect, it } from 'vitest';
import { found } from '../../testing/facts.ts';
import { rights } from './rights.ts';

const review = (verb: string, allowed: boolean, resource = 'deployments', group = 'apps') => ({
  group,
  resource,
  verb,
  allowed,
});

it('names the verbs and the rule that gives them', () => {
  const access = [review('list', true), review('create', false), review('patch', false)];
  expect(found(rights, { access })).toEqual([
    'refuse Namespace store: you may not create, patch deployments (apps) there, which the release needs -> have a Role with this rule bound to you: {apiGroups: ["apps"], resources: ["deployments"], verbs: ["create", "patch"]}',
  ]);
});

it('tells a resource from its parts, and one group from another', () => {
  const scale = { ...review('patch', false), subresource: 'scale' };
  const access = [scale, review('patch', false), review('list', false, 'pods', '')];
  expect(found(rights, { access }).map((line) => line.slice(0, 70))).toEqual(
    [
      'refuse Namespace store: you may not patch deployments/scale (apps) ther',
      'refuse Namespace store: you may not patch deployments (apps) there, wh',
      'refuse Namespace store: you may not list pods there, which the release',
    ].map((line) => line.slice(0, 70)),
  );
});

it('finds nothing where all is allowed', () => {
  expect(found(rights, { access: [review('patch', true)] })).toEqual([]);
});
