import { expect, it } from 'vitest';
import { found } from '../../testing/facts.ts';
import { gitopsOwner } from './gitops-owner.ts';

it.each([
  [
    { annotations: { 'argocd.argoproj.io/tracking-id': 'web:apps/Deployment:store/shop' } },
    'Argo CD (application web) owns it',
    'argocd app set web --sync-policy none',
  ],
  [
    {
      labels: { 'app.kubernetes.io/instance': 'web' },
      managedFields: [{ manager: 'argocd-controller' }],
    },
    'Argo CD (application web) owns it',
    'argocd app set web',
  ],
  [
    {
      labels: {
        'kustomize.toolkit.fluxcd.io/name': 'apps',
        'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
      },
    },
    'Flux (kustomization apps) owns it',
    'flux suspend kustomization apps -n flux-system',
  ],
  [
    { labels: { 'helm.toolkit.fluxcd.io/name': 'shop' } },
    'Flux (helmrelease shop) owns it',
    'flux suspend helmrelease shop)',
  ],
  [
    { managedFields: [{ manager: 'helm-controller' }] },
    'Flux owns it',
    'flux suspend helmrelease NAME',
  ],
])('warns of what it would take back: %j', (metadata, message, remedy) => {
  const [line] = found(gitopsOwner, { shop: { metadata } });
  expect(line).toMatch(/^warn Deployment shop: /);
  expect(line).toContain(message);
  expect(line).toContain(remedy);
});

it.each([
  {},
  { labels: { 'app.kubernetes.io/instance': 'shop', 'app.kubernetes.io/managed-by': 'Helm' } },
  { managedFields: [{ manager: 'kubectl-client-side-apply' }] },
])('finds nothing in %j', (metadata) => {
  expect(found(gitopsOwner, { shop: { metadata } })).toEqual([]);
});
