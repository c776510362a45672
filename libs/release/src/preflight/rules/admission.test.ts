import { expect, it } from 'vitest';
import { found } from '../../testing/facts.ts';
import { admission } from './admission.ts';

it('refuses what the server would not take', () => {
  const dryRun = { warnings: ['old'], error: 'admission webhook "images" denied the request: no' };
  const [refused, warned] = found(admission, { dryRun });
  expect(refused).toMatch(
    /^refuse Deployment shop-canary: the API server would not take it: admission webhook "images" denied the request: no -> /,
  );
  expect(warned).toContain('warn Deployment shop-canary: the API server warns of it: old');
});

it('leaves to pod-security what is of the Pod Security Standards', () => {
  const warnings = ['would violate PodSecurity "baseline:latest": privileged (container "shop" …)'];
  expect(found(admission, { dryRun: { warnings, error: undefined } })).toEqual([]);
});

it('finds nothing where the server has nothing to say, or was not asked', () => {
  expect(found(admission)).toEqual([]);
  expect(found(admission, { dryRun: undefined })).toEqual([]);
});
