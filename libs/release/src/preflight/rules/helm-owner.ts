import { nameOf } from '../../objects/deployment.ts';
import type { Rule } from '../rule.ts';

/** A chart that the Deployment is part of. */
export const helmOwner: Rule = {
  id: 'helm-owner',
  check: ({ deployment }) => {
    const { labels = {}, annotations = {} } = deployment.metadata;
    const release = annotations['meta.helm.sh/release-name'];
    if (release === undefined && labels['app.kubernetes.io/managed-by'] !== 'Helm') return [];
    const name = release ?? labels['app.kubernetes.io/instance'] ?? 'RELEASE';
    return [
      {
        severity: 'info',
        object: nameOf(deployment),
        message: `it is of the Helm release ${name}: Helm changes nothing by itself, but the next helm upgrade, whatever it is for, sets the chart's values again; the canary is none of its objects`,
        remedy: `afterwards give the chart the same value, as in helm upgrade ${name} CHART --reuse-values --set image.tag=…`,
      },
    ];
  },
};
