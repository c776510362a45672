import type { PlatformObject } from '@canary/rollout';
import { standardLabels } from '../labels.ts';
import type { Parameters } from '../parameters.ts';
import { POD_JOB, podRelabelling, type Relabelling } from '../prometheus/config.ts';

/**
 * The operator's own API. Its models bring a regular-expression engine in WebAssembly along, which no
 * bundle can hold: they check these objects in the tests alone.
 */
export const OPERATOR_API = 'monitoring.coreos.com/v1';
/** The name of what the Prometheus Operator is given. */
export const OPERATOR_NAME = 'canary';
export const operatorLabels = standardLabels('canary', 'monitoring');

/**
 * The job of our Prometheus' configuration, for one that the Prometheus Operator runs: the same
 * targets, in every namespace that its Prometheus may look into, with the same labels.
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMonitor
 */
export function podMonitor({ namespace, scrapeSeconds }: Parameters): PlatformObject {
  return {
    apiVersion: OPERATOR_API,
    kind: 'PodMonitor',
    metadata: { name: OPERATOR_NAME, namespace, labels: operatorLabels },
    spec: {
      // Annotations choose the pods, and a selector knows labels alone.
      selector: {},
      namespaceSelector: { any: true },
      podMetricsEndpoints: [
        {
          interval: `${scrapeSeconds}s`,
          // Pods that have ended are dropped by the relabelling, as are those without annotations.
          filterRunning: false,
          relabelings: [...podRelabelling.map(asOperatorHasIt), ...WITHOUT_ITS_OWN],
        },
      ],
    },
  };
}

/** The operator adds labels of its own, and names the job after the object. */
const WITHOUT_ITS_OWN = [
  { action: 'replace' as const, targetLabel: 'job', replacement: POD_JOB },
  { action: 'labeldrop' as const, regex: 'namespace|pod|container|endpoint' },
];

/** The operator writes field names in camel case. */
function asOperatorHasIt({ source_labels, target_label, ...rest }: Relabelling) {
  return {
    ...rest,
    ...(source_labels === undefined ? {} : { sourceLabels: [...source_labels] }),
    ...(target_label === undefined ? {} : { targetLabel: target_label }),
  };
}
