import {
  parseParameters,
  PROMETHEUS,
  PROMETHEUS_PORT,
  renderObjects,
  toYaml,
} from '@canary/manifests';
import { prometheusWorld, type World, type WorldPod } from '@canary/scenario';
import { namespace } from './environment.ts';
import { kubectl, kubectlJson } from './kubectl.ts';
import { followTraffic, loadPhase } from './traffic-log.ts';

/** Prometheus' Service, through the API server. */
const PROMETHEUS_PROXY = `/api/v1/namespaces/${namespace}/services/${PROMETHEUS}:${String(PROMETHEUS_PORT)}/proxy`;

interface PodList {
  readonly items: readonly {
    readonly metadata: {
      name: string;
      labels: Record<string, string>;
      annotations?: Record<string, string>;
      deletionTimestamp?: string;
    };
    readonly spec: { nodeName?: string };
    readonly status: { podIP?: string; conditions?: readonly { type: string; status: string }[] };
  }[];
}

/** The suite's cluster, used as the article's reader would: kubectl, and Prometheus' HTTP API. */
export const kindWorld: World = {
  ...prometheusWorld((path) => kubectl(['get', '--raw', `${PROMETHEUS_PROXY}${path}`])),
  apply: async (objects) => {
    await kubectl(['apply', '-f', '-'], toYaml(objects));
  },
  read: ({ kind, metadata }) => kubectlJson(['get', kind, metadata.name]),
  pods: async (appname) => {
    const { items } = await kubectlJson<PodList>(['get', 'pods', '-l', `appname=${appname}`]);
    return items.filter(({ metadata }) => metadata.deletionTimestamp === undefined).map(asWorldPod);
  },
  scale: async (deployment, replicas) => {
    await kubectl(['scale', `--replicas=${String(replicas)}`, 'deploy', deployment]);
  },
  deleteDeployment: async (deployment) => {
    await kubectl(['delete', 'deploy', deployment]);
  },
  serviceUid: (name) => kubectl(['get', 'service', name, '-o', 'jsonpath={.metadata.uid}']),
  startTraffic: async (rps) => {
    const job = renderObjects(['traffic'], parseParameters({ rps, duration: 900 }));
    await kubectl(['apply', '-f', '-'], toYaml(job));
    await loadPhase('Running');
    return followTraffic();
  },
};

function asWorldPod({ metadata, spec, status }: PodList['items'][number]): WorldPod {
  return {
    name: metadata.name,
    release: metadata.labels['release'] ?? '',
    node: spec.nodeName ?? '',
    scrapeAddress: `${status.podIP ?? ''}:${metadata.annotations?.['prometheus.io/port'] ?? ''}`,
    ready:
      status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false,
  };
}
