import { expect, it } from 'vitest';
import { plugin } from '../testing/plugin.ts';
import { execSchema, type ClusterEntry } from './entries.ts';
import { execPlugin } from './exec-plugin.ts';

const cluster = {
  name: 'one',
  server: 'https://api.example:6443',
  serverName: 'kubernetes',
  insecure: false,
  proxyUrl: 'http://proxy:3128',
  pluginConfig: { audience: 'x' },
} as unknown as ClusterEntry;

function pluginOf(exec: object, at = { now: 0 }, longest = 10_000) {
  return execPlugin({
    longest,
    exec: execSchema.parse(exec),
    cluster,
    ca: () => Buffer.from('PEM'),
    clock: { now: () => at.now },
  });
}

it.each([
  [
    { interactiveMode: 'Always' },
    /has to ask someone at a terminal \(interactiveMode: Always\).*; log in with a command that can keep the login, and set interactiveMode to IfAvailable, or use a context with a token/,
  ],
  [
    { interactiveMode: 'Sometimes' },
    /has the interactiveMode "Sometimes"; set it to IfAvailable or Never/,
  ],
  [{ interactiveMode: undefined }, /has the interactiveMode ""; set it to IfAvailable or Never/],
  [
    { apiVersion: 'client.authentication.k8s.io/v1alpha1' },
    /speaks client\.authentication\.k8s\.io\/v1alpha1; take one that speaks/,
  ],
])('refuses %j, and does not run it', async (change, message) => {
  const { exec, runs } = await plugin('say({ token: "t" })', change);
  await expect(pluginOf(exec).credential()).rejects.toThrow(message);
  expect(await runs()).toEqual([]);
});

it.each([
  ['', /did not give an ExecCredential \(it wrote nothing\); run it by hand/],
  ['console.log("canary-secret")', /\(it: Invalid input: expected object, received undefined\)/],
  ['say(undefined, "canary-secret")', /\(status: Invalid input/],
  ['say({})', /neither a token nor a certificate is in it/],
  [
    'say({ clientKeyData: "canary-secret" })',
    /only one of clientCertificateData and clientKeyData/,
  ],
  [
    'say({ token: "canary-secret", expirationTimestamp: "later" })',
    /status\.expirationTimestamp: Invalid/,
  ],
  ['say({ token: ["canary-secret"] })', /status\.token: Invalid input/],
  [
    'info.apiVersion = "client.authentication.k8s.io/v1beta1"; say({ token: "canary-secret" })',
    /it speaks another version than client\.authentication\.k8s\.io\/v1, which it was asked for/,
  ],
])('refuses what is written by %s, without showing it', async (script, message) => {
  const { exec } = await plugin(script);
  const error: unknown = await pluginOf(exec)
    .credential()
    .catch((thrown: unknown) => thrown);
  expect((error as Error).message).toMatch(message);
  expect((error as Error).stack).not.toContain('canary-secret');
});

it('says what a plugin that fails said, without the secrets that it was given', async () => {
  const { exec, file } = await plugin(
    'console.error("\\u001b[31mlogin expired\\u001b[0m for", process.env.API_TOKEN, process.argv.slice(2).join(" ")); process.exit(3)',
    { env: [{ name: 'API_TOKEN', value: 'canary-secret-1' }] },
  );
  const args = [file, '--client-secret=canary-secret-2', '--password', 'canary-secret-3'];
  await expect(pluginOf({ ...exec, args }).credential()).rejects.toThrow(
    `its command ${process.execPath} failed with exit code 3 (it said: login expired for [hidden] --client-secret=[hidden] --password [hidden]); log in again with what it belongs to`,
  );
});

it('says how to install one that is not there', async () => {
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never' };
  const missing = {
    ...exec,
    command: 'no-such-plugin',
    installHint: 'brew install\nno-such-plugin',
  };
  await expect(pluginOf(missing).credential()).rejects.toThrow(
    'its command no-such-plugin is not there; brew install | no-such-plugin',
  );
});

it('waits no longer for one that asks for a login, and says what it said, whatever it has started', async () => {
  const command = {
    command: 'sh',
    args: ['-c', 'echo open https://login.example >&2; sleep 20; :'],
  };
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never' };
  const began = Date.now();
  await expect(pluginOf({ ...exec, ...command }, undefined, 500).credential()).rejects.toThrow(
    'its command sh did not end within 0.5 s (it said: open https://login.example); log in with it, as kubectl get namespaces does, and try again',
  );
  expect(Date.now() - began).toBeLessThan(10_000);
});

it('hands over arguments, environment and what it is for', async () => {
  const { exec, runs, file } = await plugin('say({ token: "t" })', {
    env: [{ name: 'GIVEN', value: 'yes' }],
    provideClusterInfo: true,
  });
  await pluginOf({ ...exec, args: [file, 'get', 'token'] }).credential();
  expect(await runs()).toEqual([
    {
      args: ['get', 'token'],
      env: 'yes',
      info: {
        kind: 'ExecCredential',
        apiVersion: 'client.authentication.k8s.io/v1',
        spec: {
          interactive: false,
          cluster: {
            server: 'https://api.example:6443',
            'tls-server-name': 'kubernetes',
            'certificate-authority-data': btoa('PEM'),
            'proxy-url': 'http://proxy:3128',
            config: { audience: 'x' },
          },
        },
      },
    },
  ]);
});

it('says nothing of the cluster to one that does not ask', async () => {
  const { exec, runs } = await plugin('say({ token: "t" })');
  await pluginOf(exec).credential();
  expect((await runs())[0]?.info.spec).toEqual({ interactive: false });
});

it('runs once for many who ask, and again when it has expired', async () => {
  const { exec, runs } = await plugin(
    'say({ token: "t" + run, expirationTimestamp: new Date(run * 60_000).toISOString() })',
  );
  const at = { now: 0 };
  const { credential } = pluginOf(exec, at);
  const both = await Promise.all([credential(), credential()]);
  expect(both.map(({ token }) => token)).toEqual(['t1', 't1']);
  at.now = 59_999;
  expect((await credential()).token).toBe('t1');
  at.now = 60_000;
  expect((await credential()).token).toBe('t2');
  expect(await runs()).toHaveLength(2);
});

it('keeps what has no end until it is forgotten, by however many', async () => {
  const { exec, runs } = await plugin('say({ token: "t" + run })');
  const at = { now: 0 };
  const { credential, forget } = pluginOf(exec, at);
  const first = await credential();
  at.now = 1e12;
  expect(await credential()).toBe(first);
  forget(first);
  expect((await credential()).token).toBe('t2');
  forget(first);
  expect((await credential()).token).toBe('t2');
  expect(await runs()).toHaveLength(2);
});

it('runs it again after it failed', async () => {
  const { exec } = await plugin('if (run === 1) process.exit(1); say({ token: "t" + run })');
  const { credential } = pluginOf(exec);
  await expect(credential()).rejects.toThrow('failed with exit code 1 (it said nothing)');
  expect((await credential()).token).toBe('t2');
});
