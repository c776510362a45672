import type { Driver } from '../record/record.ts';

/**
 * Lets one process at a time drive a rollout, by a clock that all of them share. The stored
 * record's optimistic locking alone keeps two drivers from undoing each other's work; a lock also
 * keeps machines whose clocks differ from taking over too soon.
 */
export interface Lock {
  /**
   * Takes it, or holds it for longer.
   *
   * @param takesOver whether to take it from whoever holds it
   * @returns undefined where it is held now, or else who holds it
   */
  hold(takesOver: boolean): Promise<Driver | undefined>;
  /** Lets go of it, so that another need not wait for it to run out. */
  release(): Promise<void>;
}
