import { describe, expect, it } from 'vitest';
import { kubeconfigFile } from './testing/fake-api-server.ts';
import { loadKubeconfig } from './kubeconfig.ts';

const server = 'https://127.0.0.1:6443';

describe('loadKubeconfig', () => {
  it('names the file that is not there', () => {
    expect(() => loadKubeconfig({ kubeconfig: '/nowhere/config' })).toThrow(
      /^cannot reach a cluster: the kubeconfig \/nowhere\/config cannot be read \(ENOENT/,
    );
  });

  it('names the context that is not there, and those that are', async () => {
    const kubeconfig = await kubeconfigFile({ server });
    expect(() => loadKubeconfig({ kubeconfig, context: 'prod' })).toThrow(
      'cannot reach a cluster: the kubeconfig has no context "prod" (it has: test); name one that exists, see kubectl config get-contexts',
    );
  });

  it('says that no context is current', async () => {
    const kubeconfig = await kubeconfigFile({ server }, '');
    expect(() => loadKubeconfig({ kubeconfig })).toThrow(
      'the kubeconfig has no current context (it has: test)',
    );
  });

  it.each([
    [{ server: 'cluster.example' }, 'the server "cluster.example" of cluster "one" is no URL'],
    [
      { server, cluster: { 'proxy-url': 'socks5://127.0.0.1:1080' } },
      'the proxy-url of cluster "one" (socks5://127.0.0.1:1080) is a SOCKS proxy; use an HTTP one',
    ],
  ])('rejects %j', async (to, message) => {
    const kubeconfig = await kubeconfigFile(to);
    expect(() => loadKubeconfig({ kubeconfig })).toThrow(message);
  });

  it('takes the context that is asked for', async () => {
    const kubeconfig = await kubeconfigFile({ server }, 'another');
    const { cluster } = loadKubeconfig({ kubeconfig, context: 'test' });
    expect(cluster.server).toBe(server);
  });
});
