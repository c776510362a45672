import { extremesOf, type Tuning } from '../peers/tuning.ts';
import { Minutes } from '../peers/minutes.ts';
import { scenarios } from '../world/scenarios.ts';
import { World } from '../world/world.ts';
import { kindsOf, type Cell } from './cells.ts';

/** What one judge made of one run. */
export interface Outcome {
  readonly verdict: 'roll back' | 'promote' | 'none';
  /** When it said so; the end of the hour where it did not. */
  readonly seconds: number;
  /** Until it rolled back, else until the end of the hour: failures beyond the stable release's, and requests. */
  readonly failed: number;
  readonly requests: number;
}

/** One release, judged by all judges of its cell. */
export interface Run {
  /** In the order of the cell's judges. */
  readonly outcomes: readonly Outcome[];
  /** What peers could be tuned to; only where the cell is there for that. */
  readonly extremes: Tuning | undefined;
}

/**
 * Simulates one release. The canary's share of the traffic stays as it is until the end of the hour,
 * whatever judges say: all of them see the same requests.
 *
 * @param index of the run in its cell; its random numbers follow from that and the cell's name only
 */
export function simulate(cell: Cell, index: number, tuning: Tuning | undefined): Run {
  const world = new World(cell, `${cell.name}:${index}`);
  const contestants = kindsOf(cell).map(({ make }) => make({ situation: cell, tuning }));
  const outcomes: (Outcome | undefined)[] = contestants.map(() => undefined);
  const { lastLook } = scenarios[cell.scenario];
  const minutes = cell.tunes ? new Minutes() : undefined;
  let open = contestants.length;
  for (let seconds = 0; seconds <= lastLook; seconds += cell.every) {
    // What nobody waits for any more need not happen.
    if (open === 0 && !minutes) break;
    for (const seen of world.look(seconds)) {
      minutes?.add(seen);
      for (const [i, contestant] of contestants.entries()) {
        if (outcomes[i]) continue;
        const verdict = contestant.look(seen);
        if (!verdict) continue;
        outcomes[i] = { verdict, seconds: seen.seconds, ...world.harmUntil(seen.seconds) };
        open--;
      }
    }
  }
  const atEnd = world.harmUntil(lastLook);
  return {
    outcomes: outcomes.map((one) => {
      if (one?.verdict === 'roll back') return one;
      return { verdict: 'none', seconds: lastLook, ...one, ...atEnd };
    }),
    extremes: minutes && extremesOf(minutes),
  };
}

/** Whether the cell's canary is no worse. */
export function isHealthy({ times, latency }: Cell): boolean {
  return times === 1 && latency === 1;
}
