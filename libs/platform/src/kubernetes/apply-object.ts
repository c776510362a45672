import type { PlatformObject } from '@canary/rollout';
import type { Cluster } from './cluster.ts';
import type { ResourcePath } from './resource-path.ts';
import { withoutServerFields } from './workload.ts';

/** The name under which the cluster remembers which fields of an object are canary's. */
export const FIELD_MANAGER = 'canary';

/**
 * Creates the object, or changes it to be as given, in one request (server-side apply). Fields that
 * kubectl or another tool has set are taken over, not fought about; those not given are left alone.
 */
export async function applyObject(
  cluster: Cluster,
  pathOf: ResourcePath,
  object: PlatformObject,
): Promise<void> {
  const { kind, metadata } = object;
  const place = metadata.namespace === undefined ? '' : `${metadata.namespace}/`;
  const asked = `apply ${kind} ${place}${metadata.name}`;
  await cluster.request({
    asked,
    method: 'PATCH',
    path: await pathOf(object, asked),
    query: { fieldManager: FIELD_MANAGER, force: 'true' },
    contentType: 'application/apply-patch+yaml',
    body: withProtocols(withoutServerFields(object)),
  });
}

/**
 * Service ports are told apart by their protocol too, and before 1.21 the server did not fill it in.
 * @see https://github.com/kubernetes-sigs/structured-merge-diff/issues/183
 */
function withProtocols(object: PlatformObject): PlatformObject {
  const { spec } = object as { spec?: { ports?: readonly object[] } };
  if (object.apiVersion !== 'v1' || object.kind !== 'Service' || !spec?.ports) return object;
  const ports = spec.ports.map((port) => ({ protocol: 'TCP', ...port }));
  return { ...object, spec: { ...spec, ports } };
}
