import { KubernetesError, podsProxy, type Cluster } from '@canary/kubernetes';
import { PROMETHEUS, PROMETHEUS_PORT } from '@canary/manifests';
import type { PrometheusApiOptions } from '@canary/observation';

/**
 * The way to the Prometheus of a namespace: through the API server, or from a pod directly.
 *
 * @throws a `KubernetesError` where the namespace has no Service of that name
 */
export async function prometheusService(
  cluster: Cluster,
  namespace: string,
): Promise<PrometheusApiOptions> {
  const path = `/api/v1/namespaces/${namespace}/services/${PROMETHEUS}`;
  await cluster.request({ asked: `find the Service ${namespace}/${PROMETHEUS}`, path });
  if (cluster.inside) return { url: `http://${PROMETHEUS}.${namespace}:${PROMETHEUS_PORT}` };
  const { fetch } = podsProxy({ cluster, namespace });
  return { url: `${cluster.server}${path}:${PROMETHEUS_PORT}/proxy`, fetch };
}

/** Whether {@link prometheusService} has found it. */
export async function isFound(service: Promise<PrometheusApiOptions>): Promise<boolean> {
  return service.then(
    () => true,
    (error: unknown) => {
      if (error instanceof KubernetesError && error.failure === 'not-found') return false;
      throw error;
    },
  );
}
