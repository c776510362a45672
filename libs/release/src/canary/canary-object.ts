import type { PlatformObject } from '@canary/rollout';
import { ReleaseError } from '../errors.ts';
import { nameOf, readDeployment, type Deployment } from '../objects/deployment.ts';
import { labelsOf, type PodTemplate } from '../objects/pod-template.ts';
import { canaryName } from './canary-name.ts';
import { withDrain } from './drain.ts';
import { CANARY_ROLE, ROLE_LABEL } from './role.ts';
import { withoutTrackers } from './trackers.ts';

/** How a canary is made. */
export interface CanaryOptions {
  readonly replicas: number;
  /** Old ReplicaSets that the canary keeps; none, as nobody takes a canary back to an older one. */
  readonly revisionHistoryLimit?: number;
  /** How long a leaving pod waits where its template has no preStop hook; 5. 0: no such wait. */
  readonly drainSeconds?: number;
}

/** As long as endpoints take to be taken away on a busy cluster, with room, in seconds. */
export const DRAIN_S = 5;

/**
 * The Deployment of a canary, made from the stable one's own object with a changed template. Its
 * pods keep all their labels, so that whatever selects the stable ones selects them, and have one
 * more, by which their own Deployment knows them. Nothing of it is a tool's that owns the stable one,
 * and it goes when the stable one is deleted.
 *
 * @param stable as the API server has it, with its uid
 * @throws {@link ReleaseError} where it has none, or is a canary itself
 */
export function canaryObject(
  stable: PlatformObject,
  template: PodTemplate,
  { replicas, revisionHistoryLimit = 0, drainSeconds = DRAIN_S }: CanaryOptions,
): PlatformObject {
  const deployment = readDeployment(stable);
  const { metadata, spec } = deployment;
  const role = { [ROLE_LABEL]: CANARY_ROLE };
  if (labelsOf(spec.template)[ROLE_LABEL] !== undefined)
    throw new ReleaseError(
      `${nameOf(deployment)} is a canary itself (${ROLE_LABEL} on its pods): release the Deployment that it belongs to`,
    );
  const annotations = withoutTrackers(metadata.annotations);
  return {
    apiVersion: deployment.apiVersion,
    kind: deployment.kind,
    metadata: {
      name: canaryName(metadata.name),
      ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
      labels: { ...withoutTrackers(metadata.labels), ...role },
      ...(Object.keys(annotations).length > 0 && { annotations }),
      ownerReferences: [ownerReference(deployment)],
    },
    spec: {
      ...Object.fromEntries(Object.entries(spec).filter(([field]) => field !== 'paused')),
      replicas,
      revisionHistoryLimit,
      selector: { ...spec.selector, matchLabels: { ...spec.selector.matchLabels, ...role } },
      template: withDrain(withLabels(template, role), drainSeconds),
    },
  };
}

/** Whoever deletes the app deletes its canary; but nobody has to wait for that. */
function ownerReference({ apiVersion, kind, metadata }: Deployment) {
  const { name, uid } = metadata;
  if (uid === undefined)
    throw new ReleaseError(
      `Deployment ${name} has no uid: a canary is made from the object as the API server has it`,
    );
  return { apiVersion, kind, name, uid, controller: false, blockOwnerDeletion: false };
}

function withLabels(template: PodTemplate, labels: Readonly<Record<string, string>>): PodTemplate {
  return {
    ...template,
    metadata: { ...template.metadata, labels: { ...labelsOf(template), ...labels } },
  };
}
