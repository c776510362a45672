import { nameOf } from '../../objects/deployment.ts';
import { allContainers } from '../../objects/pod-template.ts';
import type { Rule } from '../rule.ts';

/** Ports of the node, of which each is there once. */
export const hostPort: Rule = {
  id: 'host-port',
  check: ({ template, deployment }) => {
    const ports = allContainers(template).flatMap((container) => container.ports ?? []);
    const taken = template.spec.hostNetwork
      ? ports.map(({ containerPort }) => containerPort)
      : ports.flatMap(({ hostPort: port = 0 }) => (port > 0 ? port : []));
    if (taken.length === 0) return [];
    const how = template.spec.hostNetwork ? 'hostNetwork' : 'hostPort';
    return [
      {
        severity: 'refuse',
        object: nameOf(deployment),
        message: `its pods take port ${taken.join(', ')} of their node (${how}): a canary's pod cannot run where a stable one does`,
        remedy: `put a Service in front of the pods and leave ${how} out, or update the Deployment without a canary`,
      },
    ];
  },
};
