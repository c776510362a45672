import type { PodPart, Tally } from '../counting/tally.ts';

/**
 * How much more the stable pods' events vary than those of independent requests to pods that are alike:
 * failures that come in clumps, and pods with rates of their own; JSON.
 */
export interface Spread {
  /** Squared deviations from the common rate within each look, and what they would be on average. */
  readonly squares: number;
  readonly expected: number;
  /** Events and trials of some pods so far. */
  readonly pods: Readonly<Record<string, readonly [events: number, trials: number]>>;
}

export const NO_SPREAD: Spread = { squares: 0, expected: 0, pods: {} };

/** Of more pods in a look the first will do: which they are has nothing to do with what they counted. */
const MOST_IN_A_LOOK = 64;
/** So many pods are followed over time: enough to tell, few enough to save. */
const MOST_PODS = 32;
/** Variation as expected, of so many events, that is taken to have been seen before the first look. */
const PRIOR = 4;

/** The spread with one more batch of the stable pods. */
export function spreadWith(
  spread: Spread,
  parts: readonly PodPart[],
  of: (tally: Tally) => readonly [events: number, trials: number],
): Spread {
  const first = parts.slice(0, MOST_IN_A_LOOK);
  const counts = first.map(({ tally }) => of(tally));
  const look = deviations(counts);
  const pods = followed(spread.pods, parts);
  let room = MOST_PODS - Object.keys(pods).length;
  for (let i = 0; i < first.length; i++) {
    const { pod } = first[i]!;
    const known = pods[pod];
    if (!known && room <= 0) continue;
    if (!known) room--;
    const [events, trials] = counts[i]!;
    pods[pod] = [(known?.[0] ?? 0) + events, (known?.[1] ?? 0) + trials];
  }
  return {
    squares: spread.squares + look.squares,
    expected: spread.expected + look.expected,
    pods,
  };
}

/** A copy of the pods that are followed; where they are as many as can be, one that has gone makes room. */
function followed(pods: Spread['pods'], parts: readonly PodPart[]) {
  const names = Object.keys(pods);
  if (names.length < MOST_PODS) return { ...pods };
  // Most often all of them are among the first, and the others need not be looked through.
  const first = namesOf(parts.slice(0, MOST_IN_A_LOOK));
  if (names.every((pod) => first.has(pod))) return { ...pods };
  const there = namesOf(parts);
  return Object.fromEntries(Object.entries(pods).filter(([pod]) => there.has(pod)));
}

function namesOf(parts: readonly PodPart[]): ReadonlySet<string> {
  return new Set(parts.map(({ pod }) => pod));
}

/**
 * By what ln S is to be divided, at least 1. S to a power below 1 still has an expectation of at most 1
 * (Jensen), as long as the power follows from earlier looks alone; so this can only be too cautious, and
 * keeps the evidence honest where counts vary `temper` times as much as independent ones.
 *
 * Within looks it tells clumps; over all looks, pods that are not alike. The latter rests on few
 * pods, so that a value of up to 2 is as well as none.
 */
export function temper({ squares, expected, pods }: Spread): number {
  const whole = deviations(Object.values(pods));
  return Math.max(
    1,
    (squares + PRIOR) / (expected + PRIOR),
    (whole.squares + PRIOR) / (whole.expected + PRIOR) - 1,
  );
}

/** Given how many events there were in all, each falls on a pod by its share of the trials. */
function deviations(counts: readonly (readonly [events: number, trials: number])[]) {
  let events = 0;
  let trials = 0;
  for (const [some, of] of counts) {
    events += some;
    trials += of;
  }
  if (events === 0 || trials === 0) return { squares: 0, expected: 0 };
  // Where nearly all trials have an event their counts vary less.
  const left = trials > events ? 1 - events / trials : 0;
  let squares = 0;
  let expected = 0;
  for (const [some, of] of counts) {
    const mean = (events * of) / trials;
    squares += (some - mean) ** 2;
    expected += mean * (1 - of / trials) * left;
  }
  return { squares, expected };
}
