import type { WorkloadRef } from '@canary/rollout';
import { FIELD_MANAGER } from './apply-object.ts';
import type { Cluster } from './cluster.ts';
import { deploymentsPath } from './resource-path.ts';

/** A pod template for the Deployment of that uid. */
export interface WantedTemplate {
  readonly template: unknown;
  readonly uid: string;
}

/** The change of a Deployment's pod template as a whole: what the new one has no more has to go, too. */
export function templatePatch({ template, uid }: WantedTemplate): readonly object[] {
  return [
    { op: 'test', path: '/metadata/uid', value: uid },
    { op: 'replace', path: '/spec/template', value: template },
  ];
}

/**
 * The pod template as the API server would keep it, with its defaults and what admission changes of it;
 * nothing is changed.
 *
 * @throws a `KubernetesError` with what the server, or admission, says against it
 */
export async function admittedTemplate(
  cluster: Cluster,
  { namespace, name }: WorkloadRef,
  wanted: WantedTemplate,
): Promise<unknown> {
  const { spec } = await cluster.request<{ readonly spec: { readonly template: unknown } }>({
    asked: `give Deployment ${namespace}/${name} another pod template, as a trial`,
    method: 'PATCH',
    path: deploymentsPath(namespace, name),
    query: { fieldManager: FIELD_MANAGER, dryRun: 'All' },
    contentType: 'application/json-patch+json',
    body: templatePatch(wanted),
  });
  return spec.template;
}
