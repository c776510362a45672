const FIRST_MS = 10_000;
const LONGEST_MS = 300_000;
/** A container that ran for this long is taken for well: its next crash counts as the first. */
const WELL_AFTER_MS = 600_000;

/**
 * How long a crashed container waits for its restart, as a kubelet has it: not at all the first
 * time, then 10 s, 20 s, 40 s and so on up to five minutes.
 */
export class Backoff {
  #crashes = 0;

  /**
   * @param ranMs how long the container ran before it crashed
   * @returns how long it is to wait now, in milliseconds
   */
  next(ranMs: number): number {
    if (ranMs >= WELL_AFTER_MS) this.#crashes = 0;
    const crashes = this.#crashes++;
    return crashes === 0 ? 0 : Math.min(LONGEST_MS, FIRST_MS * 2 ** (crashes - 1));
  }
}
