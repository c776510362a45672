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
  const path = await pathOf(object, asked);
  const body = withoutServerFields(object);
  await cluster.request({
    asked,
    method: 'PATCH',
    path,
    query: { fieldManager: FIELD_MANAGER, force: 'true' },
    contentType: 'application/apply-patch+yaml',
    body: isInNamespace(path)
      ? body
      : { ...body, metadata: { ...body.metadata, namespace: undefined } },
  });
}

/** Of a cluster's own objects the path names no namespace, whatever a file says. */
function isInNamespace(path: string): boolean {
  return /\/namespaces\/[^/]+\/[^/]+\//.test(path);
}
