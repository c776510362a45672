import type { PlatformObject } from '@canary/rollout';

/** A kubernetes-models object: it knows the schema of its kind. */
interface Model {
  validate(): void;
  toJSON(): unknown;
}

/**
 * The object as plain data, once it fits the schema of its kind.
 *
 * @throws an `Error` naming the object and the field that does not fit
 */
export function validated(model: Model): PlatformObject {
  const object = model.toJSON() as PlatformObject;
  try {
    model.validate();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${object.kind} ${object.metadata.name} does not fit its schema: ${reason}`, {
      cause,
    });
  }
  return object;
}
