import type { Stretch } from './weather.ts';

/**
 * Both at once: loads, errors and response times multiply, and of the requests that one burst spares
 * the other takes its share.
 */
export function overlay(some: readonly Stretch[], others: readonly Stretch[]): Stretch[] {
  const both: Stretch[] = [];
  let [i, j] = [0, 0];
  let [isNew, isOtherNew] = [true, true];
  for (;;) {
    const [one, other] = [some[i]!, others[j]!];
    const until = Math.min(one.until, other.until);
    both.push({
      until,
      load: one.load * other.load,
      errors: one.errors * other.errors,
      burst: one.burst + other.burst - one.burst * other.burst,
      slower: one.slower * other.slower,
      paused: one.paused || other.paused,
      // What waited is answered where its own stretch begins, not again where the other's does.
      backlogSeconds: (isNew ? one.backlogSeconds : 0) + (isOtherNew ? other.backlogSeconds : 0),
      asGood: one.asGood || other.asGood,
    });
    if (until === Infinity) return both;
    isNew = one.until === until;
    isOtherNew = other.until === until;
    if (isNew) i++;
    if (isOtherNew) j++;
  }
}
