import { nameOf, type Deployment } from '../../objects/deployment.ts';
import type { Rule } from '../rule.ts';

/** A tool that makes the Deployment what it is elsewhere, and how to have it wait. */
interface Owner {
  readonly tool: string;
  readonly suspend: string;
}

/** A tool that brings the Deployment back to what Git or a chart says. */
export const gitopsOwner: Rule = {
  id: 'gitops-owner',
  check: ({ deployment }) => {
    const owner = argo(deployment) ?? flux(deployment);
    if (!owner) return [];
    return [
      {
        severity: 'warn',
        object: nameOf(deployment),
        message: `${owner.tool} owns it: when the Deployment takes the release over, its pod template is no longer what ${owner.tool} has, and where it heals by itself it takes the new template back; the canary is none of its objects`,
        remedy: `commit the change when the canary has passed, before the Deployment takes it over, or have the tool wait (${owner.suspend}), and commit before it goes on`,
      },
    ];
  },
};

function argo({ metadata }: Deployment): Owner | undefined {
  const { annotations = {}, labels = {} } = metadata;
  const tracking = annotations['argocd.argoproj.io/tracking-id'];
  if (tracking === undefined && !isManagedBy(metadata, /^argocd/)) return undefined;
  const app = tracking?.split(':')[0] ?? labels['app.kubernetes.io/instance'];
  const suspend = `argocd app set ${app ?? 'APP'} --sync-policy none`;
  return { tool: app === undefined ? 'Argo CD' : `Argo CD (application ${app})`, suspend };
}

function flux({ metadata }: Deployment): Owner | undefined {
  const { labels = {} } = metadata;
  for (const [domain, kind, manager] of FLUX) {
    const name = labels[`${domain}/name`];
    if (name === undefined && !isManagedBy(metadata, manager)) continue;
    const namespace = labels[`${domain}/namespace`];
    const where = namespace === undefined ? '' : ` -n ${namespace}`;
    return {
      tool: name === undefined ? 'Flux' : `Flux (${kind} ${name})`,
      suspend: `flux suspend ${kind} ${name ?? 'NAME'}${where}`,
    };
  }
  return undefined;
}

const FLUX = [
  ['kustomize.toolkit.fluxcd.io', 'kustomization', /^kustomize-controller$/],
  ['helm.toolkit.fluxcd.io', 'helmrelease', /^helm-controller$/],
] as const;

/** Who set fields of it; the only sign of a tool that tracks its objects by a label that charts set, too. */
function isManagedBy({ managedFields = [] }: Deployment['metadata'], manager: RegExp): boolean {
  return managedFields.some((entry) => manager.test(entry.manager ?? ''));
}
