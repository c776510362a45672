import type { PlatformObject, Workload } from '@canary/rollout';
import { deployment } from '@canary/rollout/contract/objects';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusterNamespace, withCluster, type ClusterNamespace } from './testing/test-cluster.ts';
import { podsProxy } from './pods-proxy.ts';

const PATIENCE = 120_000;

describe.skipIf(withCluster.missing)(withCluster.title, { timeout: PATIENCE }, () => {
  let cluster: ClusterNamespace;
  beforeAll(async () => {
    cluster = await clusterNamespace('objects');
  }, PATIENCE);
  afterAll(() => cluster.close(), PATIENCE);

  const selector = (appname: string) => ({ namespace: cluster.namespace, labels: { appname } });
  const given = (name: string, more: object = {}) =>
    deployment({ name, appname: name, namespace: cluster.namespace, ...more });
  const look = async (name: string): Promise<Workload | undefined> =>
    (await cluster.platform.list(selector(name)))[0];
  const until = (name: string, condition: (workload: Workload | undefined) => unknown) =>
    expect.poll(async () => condition(await look(name)), { timeout: PATIENCE, interval: 200 });

  it('names a kind that the cluster does not know', async () => {
    const { namespace, platform } = cluster;
    const metadata = { name: 'x', namespace };
    const unknown = [{ apiVersion: 'example.org/v1', kind: 'Rollout', metadata }];
    await expect(platform.apply(unknown)).rejects.toThrow(
      `cannot apply Rollout ${namespace}/x: the cluster knows no kind "Rollout" in example.org/v1`,
    );
  });

  it('says that the namespace of an object is not there', async () => {
    const object = deployment({ name: 'web', namespace: 'nobody-made-this' });
    await expect(cluster.platform.apply([object])).rejects.toThrow(
      /^cannot apply Deployment nobody-made-this\/web: namespaces "nobody-made-this" not found/,
    );
  });

  it('applies objects of many kinds, in a namespace or in none, again and again', async () => {
    const { namespace, platform } = cluster;
    const metadata = { name: namespace, namespace };
    const rbac = 'rbac.authorization.k8s.io';
    const roleRef = { apiGroup: rbac, kind: 'ClusterRole', name: 'view' };
    const subjects = [{ kind: 'ServiceAccount', name: namespace, namespace }];
    const job = deployment({ name: 'job', namespace }) as unknown as {
      spec: { template: { spec: object } };
    };
    const template = { spec: { ...job.spec.template.spec, restartPolicy: 'Never' } };
    const objects: PlatformObject[] = [
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: '1' } },
      { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ port: 80 }] } },
      { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { template } },
      { apiVersion: `${rbac}/v1`, kind: 'RoleBinding', metadata, roleRef, subjects },
    ];
    await platform.apply(objects);
    await platform.apply(objects);
  });

  it('takes over what another tool has set', async () => {
    const { namespace, platform } = cluster;
    const body = given('taken', { replicas: 0 });
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments`;
    await platform.cluster.request({ asked: 'make it', method: 'POST', path, body });
    await platform.apply([given('taken', { replicas: 0, image: 'another:v1' })]);
    expect(JSON.stringify((await look('taken'))?.object)).toContain('another:v1');
  });

  it('says of a pod that fits no node that it does not', async () => {
    const resources = { requests: { cpu: '1000' } };
    await cluster.platform.apply([given('large', { container: { resources } })]);
    await until('large', (w) => w?.pods[0]?.reason).toBe('Unschedulable');
    expect((await look('large'))?.pods[0]).toMatchObject({ node: undefined, phase: 'Pending' });
    await until('large', (w) => w?.pods[0]?.message).toContain('Insufficient cpu');
  });

  it('says of a pod whose probe fails which one it is', async () => {
    const readinessProbe = { httpGet: { path: '/nothing', port: 5555 }, periodSeconds: 1 };
    await cluster.platform.apply([given('unhealthy', { container: { readinessProbe } })]);
    await until('unhealthy', (w) => w?.pods[0]?.reason).toBe('NotReady');
    expect((await look('unhealthy'))?.pods[0]?.message).toBe(
      'container unhealthy runs, but its readiness probe GET :5555/nothing has not passed',
    );
  });

  it('says that the quota does not let a Deployment have its pods', async () => {
    const metadata = { name: 'none', namespace: cluster.namespace };
    const spec = { hard: { 'count/pods': '0' } };
    await cluster.platform.apply([{ apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec }]);
    const core = `/api/v1/namespaces/${cluster.namespace}`;
    const path = `${core}/resourcequotas/none`;
    const tryPod = () =>
      cluster.platform.cluster.request({
        asked: 'make a pod',
        method: 'POST',
        path: `${core}/pods`,
        query: { dryRun: 'All' },
        body: { metadata: { name: 'x' }, spec: { containers: [{ name: 'x', image: 'x' }] } },
      });
    try {
      // A quota holds only once its controller has counted what is there.
      const refusal = () => tryPod().catch((error: unknown) => (error as Error).message);
      await expect
        .poll(refusal, { timeout: PATIENCE })
        .toMatch(/^cannot make a pod: .*exceeded quota: none.*; ask for less, or have the quota/);
      await cluster.platform.apply([given('refused')]);
      await until('refused', (w) =>
        w?.conditions.find(({ type }) => type === 'ReplicaFailure'),
      ).toMatchObject({ status: 'True', reason: 'FailedCreate' });
      const failure = (await look('refused'))?.conditions.find((c) => c.type === 'ReplicaFailure');
      expect(failure?.message).toContain('exceeded quota: none');
    } finally {
      await cluster.platform.cluster.request({ asked: 'remove it', method: 'DELETE', path });
    }
  });

  it('reaches a pod through the API server, and says when it does not answer', async () => {
    const { namespace, platform } = cluster;
    const annotations = { 'prometheus.io/path': '/healthy' };
    await platform.apply([given('reached', { annotations })]);
    await until('reached', (w) => w?.readyReplicas).toBe(1);
    const pod = (await look('reached'))?.pods[0];
    const proxy = podsProxy({ cluster: platform.cluster, namespace });
    const { url = '' } = (pod && proxy.urlOf(pod)) ?? {};
    const answer = await proxy.fetch(url);
    expect(answer.status).toBe(200);
    await answer.text();
    const other = await proxy.fetch(url.replace('5555', '5556'));
    expect(other.status).toBeGreaterThanOrEqual(500);
    await other.text();
  });
});
