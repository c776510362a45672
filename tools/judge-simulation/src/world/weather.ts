import { exponential, type Random } from '../random/random.ts';

/** Conditions that a pod meets until a time. */
export interface Stretch {
  /** Seconds after the first look. */
  readonly until: number;
  /** Times as many requests as usual. */
  readonly load: number;
  /** Times as many failures of the release's own as usual. */
  readonly errors: number;
  /** Share of requests that fail for another reason, whatever the release: a burst. */
  readonly burst: number;
  /** Times as long as usual that responses take. */
  readonly slower: number;
  /** The pod answers nothing, neither requests nor whoever samples it, until the stretch is over. */
  readonly paused: boolean;
  /** Requests of so many seconds before the stretch waited, and are answered when it begins. */
  readonly backlogSeconds: number;
  /** A canary that is worse is not so yet. */
  readonly asGood: boolean;
}

/** What every pod meets in one run: its stretches one after the other, the last without an end. */
export type Weather = readonly (readonly Stretch[])[];

/** Bursts that come at random; times in seconds. */
export interface Bursts {
  /** Mean time from the end of one to the next. */
  readonly apart: number;
  /** Mean length of one. */
  readonly lasting: number;
  /** Share of requests that fail meanwhile. */
  readonly share: number;
}

/** As usual, without an end. */
export const FAIR: Stretch = {
  until: Infinity,
  load: 1,
  errors: 1,
  burst: 0,
  slower: 1,
  paused: false,
  backlogSeconds: 0,
  asGood: false,
};
const HOUR = 3600;

/** Nothing happens. */
export function fair(_: Random, pods: number): Weather {
  return sharedBy(pods, [FAIR]);
}

/** Bursts that meet all pods at the same time. */
export function sharedBursts(bursts: Bursts) {
  return (random: Random, pods: number): Weather => sharedBy(pods, stormy(random, bursts));
}

/** Bursts that meet each pod at times of its own. */
export function ownBursts(bursts: Bursts) {
  return (random: Random, pods: number): Weather =>
    Array.from({ length: pods }, () => stormy(random, bursts));
}

/** One outage in the hour, of all pods at the same time. */
export function outage(seconds: number, share: number) {
  return (random: Random, pods: number): Weather => {
    const start = random() * (HOUR - seconds);
    const during = { ...FAIR, until: start + seconds, burst: share };
    return sharedBy(pods, [{ ...FAIR, until: start }, during, FAIR]);
  };
}

/** A whole day's swing within the hour: load from 0.2 to 1.8 times, errors from a third to three times. */
export function day(random: Random, pods: number): Weather {
  const phase = random();
  const steps = Array.from({ length: HOUR / 30 }, (_, i): Stretch => {
    const turn = 2 * Math.PI * ((i * 30) / HOUR + phase);
    const [load, errors] = [1 + 0.8 * Math.sin(turn), 3 ** Math.cos(turn)];
    return { ...FAIR, until: (i + 1) * 30, load, errors };
  });
  return sharedBy(pods, [...steps, FAIR]);
}

function stormy(random: Random, { apart, lasting, share }: Bursts): Stretch[] {
  const stretches: Stretch[] = [];
  for (let at = 0; at < HOUR; at = stretches.at(-1)!.until) {
    const start = at + exponential(random, apart);
    const until = start + exponential(random, lasting);
    stretches.push({ ...FAIR, until: start }, { ...FAIR, until, burst: share });
  }
  return [...stretches, FAIR];
}

/** The same for all pods. */
export function sharedBy(pods: number, stretches: readonly Stretch[]): Weather {
  return Array.from({ length: pods }, () => stretches);
}
