import { readFile } from 'node:fs/promises';
import { ConflictError } from '@canary/rollout';
import { deployment } from '@canary/rollout/contract/objects';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { kubeconfigFile } from './testing/fake-api-server.ts';
import { clusterNamespace, withCluster, type ClusterNamespace } from './testing/test-cluster.ts';
import { configMapStore } from './config-map-store.ts';
import { kubernetesPlatform } from './kubernetes-platform.ts';
import { leaseLock } from './lease.ts';
import { recordEvent } from './record-event.ts';

describe.skipIf(withCluster.missing)(withCluster.title, { timeout: 60_000 }, () => {
  let there: ClusterNamespace;
  beforeAll(async () => {
    there = await clusterNamespace('records');
  }, 60_000);
  afterAll(() => there.close(), 60_000);

  describe('the store', () => {
    const store = () =>
      configMapStore({ cluster: there.platform.cluster, namespace: there.namespace });

    it('lets of two that save on top of the same version only one do so', async () => {
      const first = await store().save('my/app', { step: 1 }, undefined);
      await expect(store().save('my/app', { step: 1 }, undefined)).rejects.toThrow(ConflictError);
      const saves = [2, 3].map((step) => store().save('my/app', { step }, first));
      const [one, two] = await Promise.allSettled(saves);
      expect([one?.status, two?.status].sort()).toEqual(['fulfilled', 'rejected']);
      const failed = [one, two].find((save) => save?.status === 'rejected');
      expect(failed).toMatchObject({ reason: expect.any(ConflictError) as unknown });
    });

    it('loads what was saved, with the version to save on top of it', async () => {
      expect(await store().load('other')).toBeUndefined();
      const version = await store().save('other', { text: 'ä\n', list: [1, null] }, undefined);
      const loaded = await store().load('other');
      expect(loaded).toEqual({ value: { text: 'ä\n', list: [1, null] }, version });
      await store().save('other', {}, loaded?.version);
      expect((await store().load('other'))?.value).toEqual({});
    });

    it('keeps as much as it says that it can', async () => {
      const large = 'x'.repeat(1_048_576 - 2);
      const version = await store().save('large', large, undefined);
      expect(await store().load('large')).toEqual({ value: large, version });
    });
  });

  describe('the lease', () => {
    const lock = (holder: string, seconds = 60, name = 'one') =>
      leaseLock({
        cluster: there.platform.cluster,
        namespace: there.namespace,
        ...{ name, holder, seconds },
      });

    it('is held by one, and tells another by whom and since when', async () => {
      expect(await lock('alice').hold(false)).toBeUndefined();
      expect(await lock('alice').hold(false)).toBeUndefined();
      const held = await lock('bob').hold(false);
      expect(held).toMatchObject({ holder: 'alice', leaseMs: 60_000 });
      expect(Math.abs(Date.now() - (held?.heartbeatAt ?? 0))).toBeLessThan(10_000);
      await lock('bob').release();
      expect(await lock('bob').hold(false)).toBeDefined();
      await lock('alice').release();
      await lock('alice').release();
      expect(await lock('bob').hold(false)).toBeUndefined();
      expect(await lock('alice').hold(false)).toMatchObject({ holder: 'bob' });
      expect(await lock('alice').hold(true)).toBeUndefined();
      expect(await lock('bob').hold(false)).toMatchObject({ holder: 'alice' });
    });

    it('is taken once its holder has let it run out', async () => {
      await lock('alice', 1, 'short').hold(false);
      await expect
        .poll(() => lock('bob', 60, 'short').hold(false), { timeout: 20_000 })
        .toBeUndefined();
    });

    it('goes to one of many that want it at once', async () => {
      const many = ['a', 'b', 'c', 'd'].map((holder) => lock(holder, 60, 'wanted').hold(false));
      const held = await Promise.all(many);
      expect(held.filter((other) => other === undefined)).toHaveLength(1);
    });
  });

  it('records events that kubectl describe shows', async () => {
    const { platform, namespace, kubeconfig } = there;
    await platform.apply([deployment({ name: 'web', namespace, replicas: 0 })]);
    const [workload] = await platform.list({ namespace, labels: {} });
    const involvedObject = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      ...{ namespace, name: 'web', uid: workload?.uid ?? '' },
    };
    const { cluster } = platform;
    const message = 'release 2.0.0 has all the traffic';
    await recordEvent({ cluster, involvedObject, type: 'Normal', reason: 'Promoted', message });
    const { stdout: described } = await execa('kubectl', [
      ...['--kubeconfig', kubeconfig, '--namespace', namespace, 'describe', 'deployment', 'web'],
    ]);
    expect(described).toMatch(/Normal +Promoted +\S+ +canary +release 2\.0\.0 has all the traffic/);
  });

  describe('someone with another kubeconfig', () => {
    interface Kubeconfig {
      clusters: [{ cluster: { server: string } }];
      users: [{ user: object }];
    }
    const as = async (change: { user?: object; cluster?: object }) => {
      const { clusters, users } = parse(await readFile(there.kubeconfig, 'utf8')) as Kubeconfig;
      const { cluster } = clusters[0];
      const kubeconfig = await kubeconfigFile({
        server: cluster.server,
        cluster: { ...cluster, ...change.cluster },
        user: { ...users[0].user, ...change.user },
      });
      return kubernetesPlatform({ kubeconfig });
    };

    it('is told which verb on which resource is missing', async () => {
      const platform = await as({ user: { as: 'jane' } });
      const { namespace } = there;
      await expect(platform.scale({ namespace, name: 'web' }, 2)).rejects.toThrow(
        `cannot scale Deployment ${namespace}/web to 2 replicas: the user "jane" may not patch deployments.apps/scale in namespace ${namespace}; have a role`,
      );
      await expect(platform.list({ namespace, labels: {} })).rejects.toMatchObject({
        failure: 'forbidden',
      });
      await platform.close();
    });

    it('is told that the credentials are not accepted', async () => {
      const nobody = { 'client-certificate-data': null, 'client-key-data': null, token: 'wrong' };
      const platform = await as({ user: nobody });
      await expect(platform.list({ namespace: 'x', labels: {} })).rejects.toMatchObject({
        failure: 'unauthorized',
      });
      await platform.close();
    });

    it('is told that the cluster is not the one that the kubeconfig trusts', async () => {
      const platform = await as({ cluster: { 'certificate-authority-data': null } });
      await expect(platform.list({ namespace: 'x', labels: {} })).rejects.toMatchObject({
        failure: 'untrusted',
      });
      await platform.close();
    });
  });
});
