/** A saved value with the version that the next save must name. */
export interface Stored<Value> {
  readonly value: Value;
  /** Opaque to everyone but the store. */
  readonly version: string;
}

/** Keeps small JSON values beside the platform, so that they outlive whoever drives a rollout. */
export interface RolloutStore {
  /** The value under the key, or undefined where none was saved. */
  load<Value>(key: string): Promise<Stored<Value> | undefined>;
  /**
   * Saves the value if what is stored still has the version given (undefined: if nothing is stored).
   *
   * @returns the new version
   * @throws {@link ConflictError} where someone else saved meanwhile
   */
  save(key: string, value: unknown, version: string | undefined): Promise<string>;
  /**
   * Tells that the value under the key may have changed, by whomever: once it watches, and after every
   * change, until `signal` aborts. It is a hint: what the value is now, {@link load} alone says. A
   * store that cannot tell has none.
   *
   * @throws an `Error` where it may not be watched, or cannot be any more
   */
  watch?(key: string, signal: AbortSignal): AsyncIterable<void>;
}

/** Someone else saved under the same key since it was loaded. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
}
