import { expect, it } from 'vitest';
import { errorOfAnswer, errorOfConnection } from './kubernetes-error.ts';

const denied = (what: string) =>
  `deployments.apps "web" is forbidden: User "jane" cannot ${what} in API group "apps" in the namespace "prod"`;

it.each([
  [
    401,
    { message: 'Unauthorized' },
    'unauthorized',
    'cannot scale Deployment prod/web: the API server does not accept the credentials; log in again, or take a fresh kubeconfig: the credentials have expired or are of another cluster',
  ],
  [
    403,
    { message: denied('patch resource "deployments/scale"') },
    'forbidden',
    'cannot scale Deployment prod/web: the user "jane" may not patch deployments.apps/scale in namespace prod; have a role bound to that user that allows the verb patch on deployments.apps/scale in namespace prod',
  ],
  [
    403,
    {
      message:
        'pods "x" is forbidden: User "jane" cannot list resource "nodes" in API group "" at the cluster scope',
    },
    'forbidden',
    'cannot scale Deployment prod/web: the user "jane" may not list nodes; have a role bound to that user that allows the verb list on nodes',
  ],
  [
    403,
    { message: 'pods "x" is forbidden: exceeded quota: small, requested: pods=1' },
    'rejected',
    'cannot scale Deployment prod/web: pods "x" is forbidden: exceeded quota: small, requested: pods=1; ask for less, or have the quota raised (kubectl describe resourcequota)',
  ],
  [
    403,
    {
      message: 'configmaps "x" is forbidden: because it is being terminated',
      details: { causes: [{ reason: 'NamespaceTerminating' }] },
    },
    'rejected',
    'cannot scale Deployment prod/web: configmaps "x" is forbidden: because it is being terminated; wait until the namespace is gone, create it and try again',
  ],
  [
    404,
    { message: 'deployments.apps "web" not found' },
    'not-found',
    'cannot scale Deployment prod/web: deployments.apps "web" not found; apply it first, and see that its namespace exists',
  ],
  [
    422,
    { message: 'spec.selector: Invalid value: field is immutable' },
    'rejected',
    'cannot scale Deployment prod/web: spec.selector: Invalid value: field is immutable; delete the object first, or give the new one another name',
  ],
  [
    503,
    'upstream connect error',
    'unavailable',
    'cannot scale Deployment prod/web: upstream connect error; try again',
  ],
])('explains an answer of %i %j', (code, body, failure, message) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const error = errorOfAnswer('scale Deployment prod/web', code, text);
  expect(error).toMatchObject({ name: 'KubernetesError', failure, message });
  expect(error.cause).toBeInstanceOf(Error);
});

it.each([
  ['ECONNREFUSED', 'unreachable', 'does not answer (it failed); start the cluster'],
  [
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'untrusted',
    'cannot prove that it is the cluster (it failed)',
  ],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'untrusted', 'take a fresh kubeconfig from the cluster'],
])('tells a connection with %s apart, however deep it is hidden', (code, failure, message) => {
  const inner = Object.assign(new Error('it failed'), { code });
  const cause = new TypeError('fetch failed', { cause: new AggregateError([inner]) });
  const error = errorOfConnection({ asked: 'list pods', server: 'https://127.0.0.1:1', cause });
  expect(error).toMatchObject({ failure, cause });
  expect(error.message).toContain('cannot list pods: the API server at https://127.0.0.1:1 ');
  expect(error.message).toContain(message);
});
