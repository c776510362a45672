import type { Counted } from '../world/pod.ts';
import { LOOK_SECONDS, type Seen } from '../world/world.ts';

/** Whoever looks at a release and decides; after a decision it is not asked again. */
export interface Contestant {
  look(seen: Seen): 'roll back' | 'promote' | undefined;
}

/** Adds up what is counted between two of a judge's own looks. */
export class Window {
  readonly #looks: number;
  #added: Counted[] = [];

  constructor(seconds: number) {
    this.#looks = seconds / LOOK_SECONDS;
  }

  /** @returns the sum at the end of each window, else undefined; the first look ends none */
  add(counted: Counted, { seconds }: Seen): Counted | undefined {
    if (seconds === 0) return undefined;
    this.#added.push(counted);
    if (this.#added.length < this.#looks) return undefined;
    const whole = sumOf(this.#added);
    this.#added = [];
    return whole;
  }
}

/** The share of requests that did not fail; NaN without any. */
export function successRate({ requests, failed }: Counted): number {
  return (requests - failed) / requests;
}

function sumOf(all: readonly Counted[]): Counted {
  const upTo = all[0]!.upTo.map((_, i) => all.reduce((sum, one) => sum + one.upTo[i]!, 0));
  const requests = all.reduce((sum, one) => sum + one.requests, 0);
  const failed = all.reduce((sum, one) => sum + one.failed, 0);
  return { requests, failed, upTo };
}
