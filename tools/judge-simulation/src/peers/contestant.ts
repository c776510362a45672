import { BOUNDS } from '../world/law.ts';
import type { Counted } from '../world/pod.ts';
import { LOOK_SECONDS, type Seen } from '../world/world.ts';

/** Whoever looks at a release and decides; after a decision it is not asked again. */
export interface Contestant {
  look(seen: Seen): 'roll back' | 'promote' | undefined;
}

/** Adds up what is counted between two of a judge's own looks. */
export class Window {
  readonly #looks: number;
  #added = 0;
  #sum = nothing();

  constructor(seconds: number) {
    this.#looks = seconds / LOOK_SECONDS;
  }

  /** @returns the sum at the end of each window, else undefined; the first look ends none */
  add(side: 'canary' | 'twin', { seconds, counted: sides }: Seen): Counted | undefined {
    if (seconds === 0 || !sides) return undefined;
    const counted = sides[side];
    const sum = this.#sum;
    sum.requests += counted.requests;
    sum.failed += counted.failed;
    for (let i = 0; i < sum.upTo.length; i++) sum.upTo[i]! += counted.upTo[i]!;
    if (++this.#added < this.#looks) return undefined;
    this.#added = 0;
    this.#sum = nothing();
    return sum;
  }
}

/** The share of requests that did not fail; NaN without any. */
export function successRate({ requests, failed }: Counted): number {
  return (requests - failed) / requests;
}

function nothing() {
  return { requests: 0, failed: 0, upTo: BOUNDS.map(() => 0) };
}
