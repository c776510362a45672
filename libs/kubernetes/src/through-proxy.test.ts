import { inspect } from 'node:util';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { certificateAuthority } from './testing/certificates.ts';
import { echoServer } from './testing/echo-server.ts';
import { fakeApiServer, kubeconfigFile } from './testing/fake-api-server.ts';
import { proxyServer } from './testing/proxy-server.ts';
import { connectCluster } from './cluster.ts';
import { watchWorkloads } from './watch-workloads.ts';

const asked = { asked: 'list pods', path: '/api/v1/pods' };

afterEach(() => {
  vi.unstubAllEnvs();
});

async function connected(to: Parameters<typeof kubeconfigFile>[0]) {
  const cluster = connectCluster({ kubeconfig: await kubeconfigFile(to) });
  onTestFinished(() => cluster.close());
  return cluster;
}

/** A server that is known to a proxy alone: `api.example` is no name of this machine. */
async function hiddenServer() {
  const ca = await certificateAuthority();
  const certificate = await ca.issue('/CN=api', 'DNS:api.example');
  const server = await echoServer({ certificate, ca: ca.pem });
  const client = await ca.issue('/CN=jane');
  return {
    ...server,
    to: {
      server: `https://api.example:${server.port}`,
      cluster: { 'certificate-authority': ca.file },
      user: { 'client-certificate': client.certFile, 'client-key': client.keyFile },
    },
  };
}

it.each([
  ['HTTPS_PROXY', true],
  ['https_proxy', false],
])('tunnels TLS through the proxy of %s', async (name, withScheme) => {
  const { to, requests, port } = await hiddenServer();
  const proxy = await proxyServer();
  vi.stubEnv(name, withScheme ? proxy.url : proxy.host);
  vi.stubEnv('NO_PROXY', 'other.example');
  await (await connected(to)).request(asked);
  expect(proxy.asked).toEqual([`CONNECT api.example:${port}`]);
  expect(requests).toMatchObject([{ client: 'jane', servername: 'api.example' }]);
});

it('logs in to a proxy, and does not show with what when it is refused', async () => {
  const { to, requests } = await hiddenServer();
  const proxy = await proxyServer({ login: 'me:canary@secret' });
  vi.stubEnv('HTTPS_PROXY', proxy.url.replace('//', '//me:canary%40secret@'));
  await (await connected(to)).request(asked);
  expect(requests).toHaveLength(1);

  vi.stubEnv('HTTPS_PROXY', proxy.url.replace('//', '//me:canary-secret@'));
  const error: unknown = await (
    await connected(to)
  )
    .request(asked)
    .catch((thrown: unknown) => thrown);
  expect((error as Error).message).toMatch(
    new RegExp(
      `is not reached through the proxy ${proxy.url}, which HTTPS_PROXY names \\(.*407.*\\); it wants a login: put user and password into its URL`,
    ),
  );
  expect(inspect(error, { depth: 9 })).not.toMatch(/canary-secret|bWU6Y2Fu/);
});

it.each([
  ['refuses', { status: 403 }],
  ['says nothing', { hangs: true }],
])('says of a proxy that %s that it was the proxy', async (_, options) => {
  const { to } = await hiddenServer();
  const proxy = await proxyServer(options);
  const cluster = { ...to.cluster, 'proxy-url': proxy.url };
  await expect((await connected({ ...to, cluster })).request(asked)).rejects.toThrow(
    `is not reached through the proxy ${proxy.url}, which the proxy-url of cluster "one" names`,
  );
});

it('says of a proxy that is not there what to look at', async () => {
  const { to } = await hiddenServer();
  const proxy = await proxyServer();
  await proxy.down();
  vi.stubEnv('HTTPS_PROXY', proxy.url);
  await expect((await connected(to)).request(asked)).rejects.toThrow(
    /ECONNREFUSED.*; see that the proxy runs and lets you through to api\.example, or put api\.example into NO_PROXY/,
  );
});

it('has none for loopback, unless the cluster has one of its own', async () => {
  const { url, requests } = await echoServer();
  const proxy = await proxyServer();
  vi.stubEnv('HTTP_PROXY', proxy.url);
  await (await connected({ server: url })).request(asked);
  expect(proxy.asked).toEqual([]);
  await (await connected({ server: url, cluster: { 'proxy-url': proxy.url } })).request(asked);
  // Without TLS it is asked for the URL, and for no tunnel.
  expect(proxy.asked).toEqual([`GET ${url}/api/v1/pods`]);
  expect(requests).toHaveLength(2);
});

it('watches through a proxy', async () => {
  const server = await fakeApiServer();
  const proxy = await proxyServer();
  const cluster = await connected({ server: server.url, cluster: { 'proxy-url': proxy.url } });
  const stop = new AbortController();
  const seen: string[][] = [];
  const watch = watchWorkloads(cluster, { namespace: 'canary', labels: {} }, stop.signal);
  const over = (async () => {
    for await (const workloads of watch) seen.push(workloads.map(({ ref }) => ref.name));
  })();
  await expect.poll(() => seen).toEqual([[]]);
  server.put('deployments', {
    metadata: { name: 'web', namespace: 'canary' },
    spec: { selector: { matchLabels: { app: 'web' } }, template: {} },
  });
  await expect.poll(() => seen).toEqual([[], ['web']]);
  expect(proxy.asked.some((line) => line.includes('watch=true'))).toBe(true);
  stop.abort();
  await over;
});
