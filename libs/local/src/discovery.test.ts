import { deployment, PORT } from '@canary/rollout/contract/objects';
import { expect, it } from 'vitest';
import { httpGet } from './testing/http-get.ts';
import { testPlatform } from './testing/test-platform.ts';
import type { TargetGroup } from './discovery.ts';

async function runTwo() {
  const { platform } = await testPlatform();
  await platform.apply([
    deployment({
      name: 'web',
      annotations: { 'team.example.com/on-call': 'yes' },
      container: {
        ports: [
          { containerPort: PORT, name: 'http' },
          { containerPort: 9000, name: 'admin' },
        ],
      },
    }),
    deployment({ name: 'other', namespace: 'bank' }),
  ]);
  const ready = async () =>
    (await platform.list({ namespace: 'default', labels: {} }))[0]?.readyReplicas;
  await expect.poll(ready, { timeout: 10_000 }).toBe(1);
  const [workload] = await platform.list({ namespace: 'default', labels: {} });
  const discover = async (query = '') =>
    JSON.parse((await httpGet(platform.discoveryUrl + query)).body) as TargetGroup[];
  return { platform, pod: workload!.pods[0]!, discover };
}

it('knows no other path', async () => {
  const { platform } = await testPlatform();
  expect((await httpGet(platform.discoveryUrl.replace('/pods', '/nodes'))).status).toBe(404);
  expect(await httpGet(platform.discoveryUrl)).toEqual({ status: 200, body: '[]' });
});

it('lists a target for each declared port, labelled as Prometheus labels pods', async () => {
  const { pod, discover } = await runTwo();
  const groups = await discover('?namespace=default');
  expect(groups.map(({ labels }) => labels['__meta_kubernetes_pod_container_port_name'])).toEqual([
    'http',
    'admin',
  ]);
  const [host, port] = (pod.scrapeAddress ?? '').split(':');
  const hash = pod.labels['pod-template-hash'];
  expect(groups[0]).toEqual({
    targets: [pod.scrapeAddress],
    labels: {
      __meta_kubernetes_namespace: 'default',
      __meta_kubernetes_pod_name: pod.name,
      __meta_kubernetes_pod_ip: host,
      __meta_kubernetes_pod_host_ip: host,
      __meta_kubernetes_pod_uid: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      __meta_kubernetes_pod_node_name: pod.node,
      __meta_kubernetes_pod_ready: 'true',
      __meta_kubernetes_pod_phase: 'Running',
      __meta_kubernetes_pod_controller_kind: 'ReplicaSet',
      __meta_kubernetes_pod_controller_name: `web-${hash ?? ''}`,
      __meta_kubernetes_pod_container_name: 'myapp',
      __meta_kubernetes_pod_container_image: 'myapp:v1.0',
      __meta_kubernetes_pod_container_init: 'false',
      __meta_kubernetes_pod_container_port_name: 'http',
      __meta_kubernetes_pod_container_port_number: port,
      __meta_kubernetes_pod_container_port_protocol: 'TCP',
      __meta_kubernetes_pod_label_appname: 'myapp',
      __meta_kubernetes_pod_labelpresent_appname: 'true',
      __meta_kubernetes_pod_label_release: '1.0.0',
      __meta_kubernetes_pod_labelpresent_release: 'true',
      __meta_kubernetes_pod_label_pod_template_hash: hash,
      __meta_kubernetes_pod_labelpresent_pod_template_hash: 'true',
      __meta_kubernetes_pod_annotation_prometheus_io_scrape: 'true',
      __meta_kubernetes_pod_annotationpresent_prometheus_io_scrape: 'true',
      __meta_kubernetes_pod_annotation_prometheus_io_port: port,
      __meta_kubernetes_pod_annotationpresent_prometheus_io_port: 'true',
      __meta_kubernetes_pod_annotation_team_example_com_on_call: 'yes',
      __meta_kubernetes_pod_annotationpresent_team_example_com_on_call: 'true',
    },
  });
});

it('lists every namespace unless some are asked for', async () => {
  const { discover } = await runTwo();
  const namespaces = (groups: TargetGroup[]) =>
    new Set(groups.map(({ labels }) => labels['__meta_kubernetes_namespace']));
  expect(namespaces(await discover())).toEqual(new Set(['default', 'bank']));
  expect(namespaces(await discover('?namespace=bank&namespace=shop'))).toEqual(new Set(['bank']));
});

it('gives an address at which the pod is scraped', async () => {
  const { discover } = await runTwo();
  const [group] = await discover('?namespace=default');
  expect((await httpGet(`http://${group?.targets[0] ?? ''}/metrics`)).body).toBe(
    'up_since_start 1\n',
  );
});
