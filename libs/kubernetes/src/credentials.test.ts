import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { certificateAuthority } from './testing/certificates.ts';
import { echoServer } from './testing/echo-server.ts';
import { kubeconfigFile } from './testing/fake-api-server.ts';
import { plugin } from './testing/plugin.ts';
import { connectCluster } from './cluster.ts';

const asked = { asked: 'list pods', path: '/api/v1/pods' };
const base64 = (text: string) => Buffer.from(text).toString('base64');

async function connected(to: Parameters<typeof kubeconfigFile>[0], userAgent?: string) {
  const cluster = connectCluster({ kubeconfig: await kubeconfigFile(to), userAgent });
  onTestFinished(() => cluster.close());
  return cluster;
}

/** An authority, and a server with a certificate of it for `api.example`. */
async function tlsServer() {
  const ca = await certificateAuthority();
  const certificate = await ca.issue('/CN=api', 'DNS:api.example');
  return { ca, ...(await echoServer({ certificate, ca: ca.pem })) };
}

it('does not trust a server that has a certificate for another name', async () => {
  const { ca, url, requests } = await tlsServer();
  const cluster = { 'certificate-authority': ca.file };
  await expect((await connected({ server: url, cluster })).request(asked)).rejects.toMatchObject({
    failure: 'untrusted',
  });
  expect(requests).toEqual([]);
});

it('asks for the certificate of tls-server-name', async () => {
  const { ca, url, requests } = await tlsServer();
  const cluster = {
    'certificate-authority-data': base64(ca.pem),
    'tls-server-name': 'api.example',
  };
  await (await connected({ server: url, cluster })).request(asked);
  expect(requests[0]?.servername).toBe('api.example');
});

it('trusts anyone with insecure-skip-tls-verify', async () => {
  const { url, requests } = await tlsServer();
  const cluster = { 'insecure-skip-tls-verify': true };
  await (await connected({ server: url, cluster })).request(asked);
  expect(requests).toHaveLength(1);
});

it('shows a client certificate, from files or out of the kubeconfig itself, which wins', async () => {
  const { ca, url, requests } = await tlsServer();
  const [jane, john] = [await ca.issue('/CN=jane'), await ca.issue('/CN=john')];
  const cluster = { 'certificate-authority': ca.file, 'tls-server-name': 'api.example' };
  const files = { 'client-certificate': jane.certFile, 'client-key': jane.keyFile };
  const data = {
    'client-certificate-data': base64(john.cert),
    'client-key-data': base64(john.key),
  };
  for (const user of [files, data, { ...files, ...data }])
    await (await connected({ server: url, cluster, user })).request(asked);
  expect(requests.map(({ client }) => client)).toEqual(['jane', 'john', 'john']);
});

it('shows a client certificate that a plugin gave', async () => {
  const { ca, url, requests } = await tlsServer();
  const { certFile, keyFile } = await ca.issue('/CN=jane');
  const { exec } = await plugin(
    `const [clientCertificateData, clientKeyData] = ${JSON.stringify([certFile, keyFile])}.map((file) => readFileSync(file, 'utf8'));
     say({ clientCertificateData, clientKeyData });`,
  );
  const cluster = { 'certificate-authority': ca.file, 'tls-server-name': 'api.example' };
  await (await connected({ server: url, cluster, user: { exec } })).request(asked);
  expect(requests[0]?.client).toBe('jane');
});

it.each([
  [
    { 'client-key': '/nowhere/key', 'client-certificate-data': base64('x') },
    'its client-key cannot be read: ENOENT',
  ],
  [{ 'client-key-data': base64('canary-secret') }, 'it has a client-key and no client-certificate'],
  [
    {
      'client-key-data': base64('canary-secret'),
      'client-certificate-data': base64('canary-secret'),
    },
    "its certificate, its key or the cluster's certificate-authority is no PEM",
  ],
  [{ token: 'canary-secret\u0000' }, 'the token has characters that no header may have'],
  [{ tokenFile: '/nowhere/token' }, 'its tokenFile cannot be read: ENOENT'],
])('says what is wrong with a user of %j', async (user, why) => {
  const cluster = await connected({ server: 'https://127.0.0.1:1', user });
  const error: unknown = await cluster.request(asked).catch((thrown: unknown) => thrown);
  expect((error as Error).message).toContain(
    `cannot list pods: the credentials of user "me" cannot be had: ${why}`,
  );
  expect(inspect(error, { depth: 9 })).not.toContain('canary-secret');
});

it('asks as someone else, with a header for every group, and says which tool asks', async () => {
  const { url, requests } = await echoServer();
  const user = {
    token: 't',
    as: 'jürgen',
    'as-uid': '7',
    'as-groups': ['a, b', 'c'],
    'as-user-extra': { 'example.com/team': ['x', 'y'] },
  };
  await (await connected({ server: url, user }, 'canary/1.2.3')).request(asked);
  const lines = requests[0]?.lines.map((line) => Buffer.from(line, 'latin1').toString()) ?? [];
  expect(lines).toEqual(
    expect.arrayContaining([
      'authorization: Bearer t',
      'impersonate-user: jürgen',
      'impersonate-uid: 7',
      'impersonate-group: a, b',
      'impersonate-group: c',
      'impersonate-extra-example.com%2Fteam: x'.toLowerCase(),
      'impersonate-extra-example.com%2Fteam: y'.toLowerCase(),
    ]),
  );
  expect(lines.find((line) => line.startsWith('user-agent'))).toMatch(
    /^user-agent: canary\/1\.2\.3 \(\w+\/\w+\) node\/\d+\.\d+\.\d+$/,
  );
});

it('has the token of the file as it is now', async () => {
  const { url, requests } = await echoServer();
  const folder = await mkdtemp(join(tmpdir(), 'canary-token-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const tokenFile = join(folder, 'token');
  await writeFile(tokenFile, 'first\n');
  const cluster = await connected({ server: url, user: { tokenFile } });
  await cluster.request(asked);
  await writeFile(tokenFile, 'second\n');
  await cluster.request(asked);
  const tokens = requests.flatMap(({ lines }) =>
    lines.filter((line) => line.startsWith('authorization')),
  );
  expect(tokens).toEqual(['authorization: Bearer first', 'authorization: Bearer second']);
});

it('has a plugin give a fresh token once, however many were refused the one before', async () => {
  const { url, requests } = await echoServer({
    answer: ({ headers }, response) => {
      if (headers.authorization === 'Bearer t2') return false;
      // All that are under way are refused together.
      setTimeout(() => response.writeHead(401).end(), 50);
      return true;
    },
  });
  const { exec, runs } = await plugin('say({ token: "t" + run })');
  const cluster = await connected({ server: url, user: { exec } });
  await Promise.all([1, 2, 3].map(() => cluster.request(asked)));
  expect(await runs()).toHaveLength(2);
  expect(requests).toHaveLength(6);
});

it('says who asks to nobody to whom the server redirects', async () => {
  const other = await echoServer();
  const server = await echoServer({
    answer: (_, response) => {
      response.writeHead(307, { location: `${other.url}/elsewhere` }).end();
      return true;
    },
  });
  const user = { token: 'canary-secret', as: 'jane', 'as-groups': ['a'] };
  await (await connected({ server: server.url, user })).request(asked);
  expect(other.requests[0]?.url).toBe('/elsewhere');
  expect(other.requests[0]?.lines.join()).not.toMatch(/authorization|impersonate/);
});

it.each([
  ['a token', { token: 'canary-secret' }],
  ['a password', { username: 'jane', password: 'canary-secret' }],
])('shows nothing of %s that a server or what is before it answers with', async (_, user) => {
  const { url } = await echoServer({
    answer: ({ headers: { authorization = '' } }, response) => {
      const said = `${'x'.repeat(280)} ${authorization} ${atob(authorization.replace(/Bearer.*|Basic /, ''))}`;
      const isSuccess = response.req.headers.accept === 'text/html';
      response.writeHead(isSuccess ? 200 : 400);
      response.end(isSuccess ? `${authorization} canary-secret ${said}` : said);
      return true;
    },
  });
  const cluster = await connected({ server: url, user });
  for (const accept of ['text/plain', 'text/html']) {
    const error: unknown = await cluster
      .request({ ...asked, accept })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'KubernetesError' });
    const shown = inspect(error, { depth: 9 });
    // Not a piece of it either.
    expect(shown).not.toMatch(/canary-s/);
    if ('password' in user) expect(shown).not.toContain(btoa('jane:canary-secret').slice(0, 12));
  }
});
