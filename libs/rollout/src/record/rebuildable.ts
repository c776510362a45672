import type { PlatformObject } from '../ports/platform.ts';

/** Letters of JSON beyond which objects do not fit into the saved state beside the rest. */
export const OBJECT_LIMIT = 200_000;

const OWN = ['name', 'namespace', 'labels', 'annotations', 'ownerReferences'] as const;
const PLATFORM_ANNOTATION = /^(deployment\.kubernetes\.io\/|kubectl\.kubernetes\.io\/last-applied)/;

/** The object without what the platform wrote into it (status, uid, revision), with so many replicas. */
export function rebuildable(object: PlatformObject, replicas: number): PlatformObject {
  const { annotations } = object.metadata;
  const own = Object.fromEntries(
    OWN.filter((field) => object.metadata[field] !== undefined).map((field) => [
      field,
      object.metadata[field],
    ]),
  );
  const kept = Object.entries(annotations ?? {}).filter(
    ([name]) => !PLATFORM_ANNOTATION.test(name),
  );
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: {
      ...own,
      name: object.metadata.name,
      ...(annotations && { annotations: Object.fromEntries(kept) }),
    },
    spec: { ...specOf(object), replicas },
  };
}

/** The object's spec. */
export function specOf(object: PlatformObject): Readonly<Record<string, unknown>> {
  const spec = object['spec'];
  return typeof spec === 'object' && spec !== null ? (spec as Record<string, unknown>) : {};
}
