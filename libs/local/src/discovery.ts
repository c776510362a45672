import { NODE_NAME, POD_IP } from './host.ts';
import type { LocalPod } from './pod.ts';
import { SCRAPE_PORT } from './pod-ports.ts';

/** One entry of Prometheus' `http_sd_configs`. */
export interface TargetGroup {
  readonly targets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

const META = '__meta_kubernetes_';

/**
 * The targets that Prometheus' pod role would find: one for each declared container port, or one
 * for a container that declares none, with the labels of
 * https://prometheus.io/docs/prometheus/latest/configuration/configuration/#pod.
 * Ports, that in the `prometheus.io/port` annotation too, are given as those of this machine.
 */
export function targetGroups(pods: Iterable<LocalPod>): TargetGroup[] {
  return [...pods].flatMap((pod) => {
    const labels = podLabels(pod);
    return pod.containers.flatMap(({ spec }) => {
      const container = {
        [`${META}pod_container_name`]: spec.name,
        [`${META}pod_container_image`]: spec.image,
        [`${META}pod_container_init`]: 'false',
      };
      if (spec.ports.length === 0)
        return [{ targets: [POD_IP], labels: { ...labels, ...container } }];
      return spec.ports.flatMap(({ name = '', containerPort }) => {
        const port = pod.hostPort(containerPort);
        if (port === undefined) return [];
        const ports = {
          [`${META}pod_container_port_name`]: name,
          [`${META}pod_container_port_number`]: String(port),
          [`${META}pod_container_port_protocol`]: 'TCP',
        };
        return [{ targets: [`${POD_IP}:${port}`], labels: { ...labels, ...container, ...ports } }];
      });
    });
  });
}

function podLabels(pod: LocalPod): Record<string, string> {
  const { name, namespace, uid, replicaSet, labels } = pod.identity;
  return {
    [`${META}namespace`]: namespace,
    [`${META}pod_name`]: name,
    [`${META}pod_ip`]: POD_IP,
    [`${META}pod_host_ip`]: POD_IP,
    [`${META}pod_uid`]: uid,
    [`${META}pod_node_name`]: NODE_NAME,
    [`${META}pod_ready`]: String(pod.ready),
    [`${META}pod_phase`]: pod.snapshot().phase,
    [`${META}pod_controller_kind`]: 'ReplicaSet',
    [`${META}pod_controller_name`]: replicaSet,
    ...mapLabels('label', labels),
    ...mapLabels('annotation', translated(pod)),
  };
}

function translated(pod: LocalPod): Record<string, string> {
  const annotations = { ...pod.annotations };
  const port = pod.hostPort(Number(annotations[SCRAPE_PORT]));
  if (port !== undefined) annotations[SCRAPE_PORT] = String(port);
  return annotations;
}

function mapLabels(kind: string, values: Readonly<Record<string, string>>): Record<string, string> {
  const pairs = Object.entries(values).flatMap(([key, value]) => {
    // As Prometheus does: whatever cannot stand in a label's name becomes an underscore.
    const name = key.replaceAll(/[^a-zA-Z0-9_]/g, '_');
    return [
      [`${META}pod_${kind}_${name}`, value],
      [`${META}pod_${kind}present_${name}`, 'true'],
    ] as const;
  });
  return Object.fromEntries(pairs);
}
