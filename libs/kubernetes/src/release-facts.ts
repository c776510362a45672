import {
  readDeployment,
  selectorText,
  type Facts,
  type PodTemplate,
  type Unasked,
} from '@canary/release';
import type { PlatformObject, WorkloadRef } from '@canary/rollout';
import { accessReviews, type Right } from './access-reviews.ts';
import type { ApiList, ApiObject } from './api-objects.ts';
import type { Cluster } from './cluster.ts';
import { dryRun } from './dry-run.ts';
import { KubernetesError, type KubernetesFailure } from './kubernetes-error.ts';
import { corePath, deploymentsPath } from './resource-path.ts';

/** What a release is about to do. */
export interface FactsWish {
  /** The stable Deployment, as {@link readStable} has it. */
  readonly deployment: PlatformObject;
  /** Its pod template after the release. */
  readonly template: PodTemplate;
  /** The canary, as it is to be made, with the most replicas that it is to have. */
  readonly canary: PlatformObject;
  /** What the release needs to be allowed. */
  readonly rights: readonly Right[];
}

/**
 * The Deployment as the API server has it.
 *
 * @throws {@link KubernetesError} where there is none, or it cannot be asked for
 */
export async function readStable(
  cluster: Cluster,
  { namespace, name }: WorkloadRef,
): Promise<PlatformObject> {
  return cluster.request<PlatformObject>({
    asked: `read Deployment ${namespace}/${name}`,
    path: deploymentsPath(namespace, name),
  });
}

/**
 * All that preflight looks at, asked for at once: a list each of what there is beside the
 * Deployment, the server's word on the canary, and the rights. What may not be asked is said among
 * the facts.
 *
 * @throws {@link KubernetesError} where the server does not answer
 */
export async function readFacts(cluster: Cluster, wish: FactsWish): Promise<Facts> {
  const deployment = readDeployment(wish.deployment);
  const canary = readDeployment(wish.canary);
  const { namespace = cluster.namespace } = deployment.metadata;
  const { unasked, optional } = optionally();

  async function list<Item>(what: string, path: string, query?: Record<string, string>) {
    const asked = `list the ${what} in namespace ${namespace}`;
    const answer = cluster.request<ApiList<Item>>({ asked, path, ...(query && { query }) });
    return (await optional(what, answer, { metadata: {}, items: [] })).items;
  }
  const core = <Kind extends keyof Facts>(what: string) =>
    list<ItemOf<Kind>>(what, corePath(what.toLowerCase(), namespace));
  const apps = <Item>(what: string, query?: Record<string, string>) =>
    list<Item>(what, groupPath('apps/v1', namespace, what), query);

  const volumes = wish.template.spec.volumes ?? [];
  const hasClaims = volumes.some((volume) => volume.persistentVolumeClaim);
  const ofSelector = { labelSelector: selectorText(deployment.spec.selector) };
  const canaryPath = deploymentsPath(namespace, canary.metadata.name);
  const [
    services,
    endpointSlices,
    autoscalers,
    disruptionBudgets,
    volumeClaims,
    quotas,
    limitRanges,
    replicaSets,
    deployments,
    place,
    tried,
    access,
  ] = await Promise.all([
    core<'services'>('Services'),
    list<ItemOf<'endpointSlices'>>(
      'EndpointSlices',
      groupPath('discovery.k8s.io/v1', namespace, 'EndpointSlices'),
    ),
    list<ItemOf<'autoscalers'>>(
      'HorizontalPodAutoscalers',
      groupPath('autoscaling/v2', namespace, 'HorizontalPodAutoscalers'),
    ),
    list<ItemOf<'disruptionBudgets'>>(
      'PodDisruptionBudgets',
      groupPath('policy/v1', namespace, 'PodDisruptionBudgets'),
    ),
    hasClaims ? core<'volumeClaims'>('PersistentVolumeClaims') : [],
    core<'quotas'>('ResourceQuotas'),
    core<'limitRanges'>('LimitRanges'),
    apps<ItemOf<'replicaSets'>>('ReplicaSets', ofSelector),
    apps<PlatformObject>('Deployments'),
    optional('the labels of the namespace', readNamespace(cluster, namespace), { metadata: {} }),
    optional('rules of admission', dryRun(cluster, canaryPath, wish.canary), undefined),
    accessReviews(cluster, namespace, wish.rights),
  ]);
  return {
    deployment,
    template: wish.template,
    canary,
    services,
    endpointSlices,
    autoscalers,
    disruptionBudgets,
    volumeClaims,
    quotas,
    limitRanges,
    replicaSets,
    // A list leaves out of its items what it says of itself.
    deployments: deployments.map((one) =>
      readDeployment({ ...one, apiVersion: 'apps/v1', kind: 'Deployment' }),
    ),
    namespaceLabels: place.metadata.labels ?? {},
    dryRun: tried,
    access,
    unasked,
  };
}

type ItemOf<Kind extends keyof Facts> = Facts[Kind] extends readonly (infer Item)[] ? Item : never;

/** What says that this one thing cannot be asked here, and not that nothing can. */
const OPTIONAL: readonly KubernetesFailure[] = ['forbidden', 'not-found'];

/** Answers that may be missing, and a list of those that are. */
function optionally() {
  const unasked: Unasked[] = [];
  async function optional<Value>(what: string, value: Promise<Value>, none: Value) {
    return value.catch((error: unknown): Value => {
      if (!(error instanceof KubernetesError) || !OPTIONAL.includes(error.failure)) throw error;
      unasked.push({ what, why: error.message });
      return none;
    });
  }
  return { unasked, optional };
}

function readNamespace(cluster: Cluster, namespace: string): Promise<ApiObject> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}`;
  return cluster.request<ApiObject>({ asked: `read namespace ${namespace}`, path });
}

function groupPath(group: string, namespace: string, kind: string): string {
  return `/apis/${group}/namespaces/${encodeURIComponent(namespace)}/${kind.toLowerCase()}`;
}
