import { expect, it } from 'vitest';
import { found } from '../../testing/facts.ts';
import { helmOwner } from './helm-owner.ts';

it.each([
  [{ annotations: { 'meta.helm.sh/release-name': 'web' } }, 'web'],
  [
    { labels: { 'app.kubernetes.io/managed-by': 'Helm', 'app.kubernetes.io/instance': 'web' } },
    'web',
  ],
  [{ labels: { 'app.kubernetes.io/managed-by': 'Helm' } }, 'RELEASE'],
])('says what the next upgrade does: %j', (metadata, release) => {
  const [line] = found(helmOwner, { shop: { metadata } });
  expect(line).toMatch(`info Deployment shop: it is of the Helm release ${release}: `);
  expect(line).toContain(`helm upgrade ${release} CHART`);
});

it('finds nothing in what another tool manages', () => {
  const metadata = { labels: { 'app.kubernetes.io/managed-by': 'kustomize' } };
  expect(found(helmOwner, { shop: { metadata } })).toEqual([]);
});
