import type { Random } from '../random/random.ts';
import { FAIR, type Stretch } from './weather.ts';

/** A canary pod that comes while judges look; seconds after the first look. */
export interface Arriving {
  readonly createdAt: number;
  /** Seconds from then on until it is ready, and gets requests. */
  readonly readyAfter: number;
}

/** When a pod is there, its process started, and it is ready; seconds after the first look. */
export interface Arrival {
  readonly createdAt: number;
  readonly startedAt: number;
  readonly readyAt: number;
}

/** What the first seconds of a new pod after it became ready are like. */
export interface Cold {
  readonly seconds: number;
  /** Share of requests that fail beside those of the release's own. */
  readonly errors: number;
  /** Times as long as usual that responses take. */
  readonly slower: number;
}

/** A pod that was there, and ready, before anyone looked. */
export const ALWAYS_THERE: Arrival = {
  createdAt: -Infinity,
  startedAt: -Infinity,
  readyAt: -Infinity,
};

/** When pods come: their processes start 2 to 5 s before they are ready. */
export function arrivalOf(random: Random, { createdAt, readyAfter }: Arriving): Arrival {
  const readyAt = createdAt + readyAfter;
  return { createdAt, startedAt: readyAt - 2 - 3 * random(), readyAt };
}

/** The load of a pod: all requests go to the pods that are ready, evenly. */
export function loadOf(
  { readyAt }: Arrival,
  all: readonly Arrival[],
  usualPods: number,
): readonly Stretch[] {
  const times = all.map((one) => one.readyAt).filter((time) => time > 0);
  const ends = [...new Set([...times, Infinity])].sort((a, b) => a - b);
  return ends.map((until) => {
    const ready = all.filter((one) => one.readyAt < until).length;
    return { ...FAIR, until, load: readyAt < until ? usualPods / ready : 0 };
  });
}

/** A pod's cold start, if it comes while judges look. */
export function coldStart({ readyAt }: Arrival, cold: Cold): readonly Stretch[] {
  if (readyAt < 0) return [FAIR];
  const { seconds, errors, slower } = cold;
  return [
    { ...FAIR, until: readyAt },
    { ...FAIR, until: readyAt + seconds, burst: errors, slower },
    FAIR,
  ];
}
