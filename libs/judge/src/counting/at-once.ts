import type { Batch, RoundOptions, Rounds } from './rounds.ts';
import { beginOf, isAwaited, PATIENCE, usualOf, type PodState } from './segments.ts';
import { NOTHING, together } from './tally.ts';

/** How the samples of a look came. */
export interface Manner {
  /** An answer came late: what happened meanwhile may be in some counts and not in others. */
  readonly isLate: boolean;
  /** Samples are older than the look: pods are sampled by someone else, in turn. */
  readonly isInTurn: boolean;
}

/** What follows from a look at all pods at once. */
export interface AtOnce {
  readonly rounds: Rounds;
  /** Undefined where the look is merged into the next, or has nothing of the canary. */
  readonly batch: Batch | undefined;
}

/**
 * Closes the window that began at the instant which all pods shared last, as soon as they share one again:
 * both sides' counts then cover the same seconds. A look without one of the canary's pods, or without
 * most stable ones, or in which an answer came late, is merged into the next, for a while. A stable pod
 * that misses is left out until it has a sample at both ends of a window again: which pods count rests
 * on the times of samples alone, never on what they counted.
 *
 * @returns undefined where pods are not sampled at once, but in turn, as by Prometheus
 */
export function closeAtOnce(
  rounds: Rounds,
  { at, skewMs }: RoundOptions,
  { isLate, isInTurn }: Manner,
): AtOnce | undefined {
  if (isInTurn) return undefined;
  const all = [...rounds.canary, ...rounds.stable];
  const newest = all.reduce((latest, pod) => Math.max(latest, pod.at), -Infinity);
  const isPresent = (pod: PodState) => newest - pod.at <= skewMs;
  const usual = usualOf(all);
  const isExpected = (pod: PodState) => isPresent(pod) || isAwaited(pod, at, usual);
  const stable = rounds.stable.filter(isExpected);
  const mostAreThere = 2 * stable.filter(isPresent).length > stable.length;
  const { boundary } = rounds;
  if (boundary === undefined) {
    const begins = mostAreThere && rounds.canary.every(isPresent);
    return begins ? { rounds: cleared(rounds, newest), batch: undefined } : undefined;
  }
  if (newest - boundary <= skewMs) return { rounds, batch: undefined };
  const isOverdue = newest - boundary > PATIENCE * usual;
  const isComplete =
    mostAreThere && rounds.canary.every((pod) => isPresent(pod) || !isExpected(pod));
  if (!isComplete) {
    return isOverdue && !mostAreThere
      ? { rounds: { ...rounds, boundary: undefined }, batch: undefined }
      : { rounds, batch: undefined };
  }
  if (isLate && !isOverdue) return { rounds, batch: undefined };

  const isWhole = (pod: PodState) =>
    isPresent(pod) && pod.queue.length > 0 && beginOf(pod.queue[0]!) >= boundary - skewMs;
  // Of a thousand pods nearly all have one: it is what it is together.
  const tallyOf = ({ queue }: PodState) =>
    queue.length === 1 ? queue[0]!.tally : together(queue.map(({ tally }) => tally));
  const canary = rounds.canary.filter(isWhole);
  const parts = rounds.stable.filter(isWhole).map((pod) => ({ pod: pod.pod, tally: tallyOf(pod) }));
  const stableTally = together(parts.map(({ tally }) => tally));
  const batch = {
    canary: canary.length === 0 ? NOTHING : together(canary.map(tallyOf)),
    before: stableTally,
    after: stableTally,
    pods: parts,
  };
  return { rounds: cleared(rounds, newest), batch: canary.length === 0 ? undefined : batch };
}

function cleared({ canary, stable }: Rounds, boundary: number): Rounds {
  const empty = (pod: PodState) => (pod.queue.length === 0 ? pod : { ...pod, queue: [] });
  return {
    canary: canary.map(empty),
    stable: stable.map(empty),
    cut: undefined,
    early: undefined,
    boundary,
  };
}
