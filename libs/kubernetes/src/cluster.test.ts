import { expect, it, onTestFinished } from 'vitest';
import { fakeApiServer, kubeconfigFile } from './testing/fake-api-server.ts';
import { connectCluster } from './cluster.ts';

function connected(kubeconfig: string) {
  const cluster = connectCluster({ kubeconfig });
  onTestFinished(() => cluster.close());
  return cluster;
}

it('says that nothing answers there', async () => {
  const server = await fakeApiServer();
  await server.down();
  const asked = connected(server.kubeconfig).request({ asked: 'list pods', path: '/api/v1/pods' });
  await expect(asked).rejects.toMatchObject({ failure: 'unreachable' });
  await server.up();
});

it('says of a credential plugin that fails whose it is', async () => {
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1beta1',
    command: 'no-such-plugin',
    installHint: 'get it from https://plugin.example',
  };
  const kubeconfig = await kubeconfigFile({ server: 'https://127.0.0.1:1', user: { exec } });
  const asked = connected(kubeconfig).request({ asked: 'list pods', path: '/api/v1/pods' });
  await expect(asked).rejects.toThrow(
    'cannot list pods: the credentials of user "me" cannot be had: its command no-such-plugin is not there; get it from https://plugin.example',
  );
});

it('says that what answers is no API server', async () => {
  const server = await fakeApiServer();
  server.next({ url: /pods/, status: 200, body: '<html>' });
  const asked = connected(server.kubeconfig).request({ asked: 'list pods', path: '/api/v1/pods' });
  await expect(asked).rejects.toThrow(
    /^cannot list pods: the API server at http:\S+ answers no JSON, as something else that is there would/,
  );
});

it('asks for the credentials anew, once, when the server does not take them', async () => {
  const server = await fakeApiServer();
  const cluster = connected(server.kubeconfig);
  const asked = { asked: 'list pods', path: '/api/v1/pods' };
  server.next({ url: /pods/, status: 401 });
  await cluster.request(asked);
  expect(server.requests.map(({ authorization }) => authorization)).toEqual([
    'Bearer secret',
    'Bearer secret',
  ]);
  for (let i = 0; i < 2; i++) server.next({ url: /pods/, status: 401 });
  await expect(cluster.request(asked)).rejects.toMatchObject({ failure: 'unauthorized' });
});

it('sends name and password where the kubeconfig has those', async () => {
  const server = await fakeApiServer({ username: 'jane', password: 'doe' });
  await connected(server.kubeconfig).request({ asked: 'list pods', path: '/api/v1/pods' });
  expect(server.requests[0]?.authorization).toBe(`Basic ${btoa('jane:doe')}`);
});

it('rejects with the reason of the abort where it is aborted', async () => {
  const server = await fakeApiServer();
  const signal = AbortSignal.abort(new Error('enough'));
  const asked = { asked: 'list pods', path: '/api/v1/pods', signal };
  await expect(connected(server.kubeconfig).request(asked)).rejects.toThrow(/^enough$/);
});
