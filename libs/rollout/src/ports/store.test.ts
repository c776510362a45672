import { expect, it } from 'vitest';
import { ConflictError } from './store.ts';

it('keeps the cause of a conflict, so that nobody has to guess who saved meanwhile', () => {
  const cause = new Error('409 Conflict');
  const error = new ConflictError('rollout myapp was saved by someone else', { cause });
  expect(error).toMatchObject({ name: 'ConflictError', cause });
});
