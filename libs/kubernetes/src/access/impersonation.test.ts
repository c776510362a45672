import { expect, it } from 'vitest';
import { impersonationHeaders } from './impersonation.ts';

const nobody = { user: undefined, uid: undefined, groups: [], extra: {} };

it('has no headers for oneself', () => {
  expect(impersonationHeaders(nobody)).toEqual({});
});

it('has a value for each group and extra, in bytes that a header may have', () => {
  const as = {
    user: 'jürgen',
    uid: '7',
    groups: ['a, b', 'c'],
    extra: { 'example.com/Team%': ['x', 'y'] },
  };
  expect(impersonationHeaders(as)).toEqual({
    'impersonate-user': 'jÃ¼rgen',
    'impersonate-uid': '7',
    'impersonate-group': ['a, b', 'c'],
    'impersonate-extra-example.com%2FTeam%25': ['x', 'y'],
  });
});
