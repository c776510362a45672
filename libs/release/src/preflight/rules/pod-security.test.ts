import { expect, it } from 'vitest';
import { found } from '../../testing/facts.ts';
import { podSecurity } from './pod-security.ts';

const namespaceLabels = (level: string) => ({ 'pod-security.kubernetes.io/enforce': level });
const dryRun = (level: string) => ({
  warnings: [`would violate PodSecurity "${level}:latest": runAsNonRoot != true (pod "shop" …)`],
  error: undefined,
});

it("refuses in the server's words what the namespace enforces", () => {
  const situation = {
    namespaceLabels: namespaceLabels('restricted'),
    dryRun: dryRun('restricted'),
  };
  expect(found(podSecurity, situation)).toEqual([
    'refuse Deployment shop-canary: its pods violate the Pod Security Standard "restricted", which the namespace enforces: runAsNonRoot != true (pod "shop" …); none would be made -> set securityContext accordingly in the new template, or have the namespace\'s label pod-security.kubernetes.io/enforce say less',
  ]);
});

it('looks itself where the server could not be asked, or warns of less', () => {
  const labels = namespaceLabels('restricted');
  const [line] = found(podSecurity, { namespaceLabels: labels, dryRun: undefined });
  expect(line).toContain('container shop lacks runAsNonRoot: true');
  expect(found(podSecurity, { namespaceLabels: labels })).toHaveLength(1);
});

it('warns of a level that the namespace does not enforce', () => {
  const situation = { namespaceLabels: namespaceLabels('baseline'), dryRun: dryRun('restricted') };
  expect(found(podSecurity, situation)[0]).toMatch(
    /^warn Deployment shop-canary: its pods violate the Pod Security Standard "restricted", of which/,
  );
});

it('believes a server that is to warn of as much, and does not', () => {
  const warn = (level: string) => ({ 'pod-security.kubernetes.io/warn': level });
  const labels = { ...namespaceLabels('restricted'), ...warn('restricted') };
  expect(found(podSecurity, { namespaceLabels: labels })).toEqual([]);
  const less = { ...labels, ...warn('baseline') };
  expect(found(podSecurity, { namespaceLabels: less })).toHaveLength(1);
});

it('finds nothing where nothing is enforced, or nothing is violated', () => {
  expect(found(podSecurity)).toEqual([]);
  expect(found(podSecurity, { namespaceLabels: namespaceLabels('baseline') })).toEqual([]);
});
