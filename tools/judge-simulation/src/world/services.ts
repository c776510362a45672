import type { Random } from '../random/random.ts';
import { FAIR, sharedBy, type Stretch, type Weather } from './weather.ts';

/** Pauses of a process, as of a garbage collector; times in seconds. */
export interface Pauses {
  readonly apart: number;
  readonly lasting: number;
}

const HOURS = 2 * 3600;

/** Pauses of all pods at the same time. */
export function sharedPauses(pauses: Pauses) {
  return (random: Random, pods: number): Weather => sharedBy(pods, pausing(random, pauses));
}

/** Pauses of each pod at times of its own. */
export function ownPauses(pauses: Pauses) {
  return (random: Random, pods: number): Weather =>
    Array.from({ length: pods }, () => pausing(random, pauses));
}

/** Traffic that grows to so many times as much, evenly from one time to another. */
export function surge(times: number, [from, to]: readonly [number, number]) {
  const steps = Array.from({ length: to - from }, (_, i): Stretch => {
    const until = from + i + 1;
    return { ...FAIR, until, load: 1 + ((times - 1) * (i + 0.5)) / (to - from) };
  });
  const stretches = [{ ...FAIR, until: from }, ...steps, { ...FAIR, load: times }];
  return (_: Random, pods: number): Weather => sharedBy(pods, stretches);
}

/** A canary that is worse from a time on only. */
export function worseFrom(seconds: number) {
  const stretches = [{ ...FAIR, until: seconds, asGood: true }, FAIR];
  return (_: Random, pods: number): Weather => sharedBy(pods, stretches);
}

/** Requests that come in a pause are answered at its end, which is where the next stretch begins. */
function pausing(random: Random, { apart, lasting }: Pauses): Stretch[] {
  const stretches: Stretch[] = [];
  let backlogSeconds = 0;
  for (let start = random() * apart; start < HOURS; start += apart) {
    const until = start + lasting;
    stretches.push(
      { ...FAIR, until: start, backlogSeconds },
      { ...FAIR, until, load: 0, paused: true },
    );
    backlogSeconds = lasting;
  }
  return [...stretches, { ...FAIR, backlogSeconds }];
}
