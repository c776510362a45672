import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { PlatformObject } from '@canary/rollout';

/** An object as it was given, and what the platform knows about it. */
export interface StoredObject {
  readonly object: PlatformObject;
  readonly uid: string;
  /** Grows with every change of the object, other than of its metadata. */
  readonly generation: number;
  readonly creationTimestamp: string;
}

/** Every object that was applied, by kind, namespace and name. */
export class ObjectStore {
  readonly #objects = new Map<string, StoredObject>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Keeps the object; its `uid` stays the same for as long as it is not removed. */
  put(object: PlatformObject): StoredObject {
    const { name, namespace = 'default' } = object.metadata;
    const before = this.get(object.kind, namespace, name);
    const changed = before && !isDeepStrictEqual(content(before.object), content(object));
    const stored = {
      object,
      uid: before?.uid ?? randomUUID(),
      generation: (before?.generation ?? 1) + (changed ? 1 : 0),
      creationTimestamp: before?.creationTimestamp ?? new Date(this.#now()).toISOString(),
    };
    this.#objects.set(key(object.kind, namespace, name), stored);
    return stored;
  }

  get(kind: string, namespace: string, name: string): StoredObject | undefined {
    return this.#objects.get(key(kind, namespace, name));
  }

  remove(kind: string, namespace: string, name: string): void {
    this.#objects.delete(key(kind, namespace, name));
  }
}

/** The object with what the platform knows about it in its metadata, as a cluster shows it. */
export function withServerMetadata(stored: StoredObject): PlatformObject {
  const { object, ...known } = stored;
  return { ...object, metadata: { ...object.metadata, ...known } };
}

function content(object: PlatformObject): unknown {
  return { ...object, metadata: undefined, status: undefined };
}

function key(...parts: string[]): string {
  return parts.join('/');
}
