import { gammaFactor } from '../random/gamma.ts';
import { exponential, type Random } from '../random/random.ts';
import { ALWAYS_THERE, arrivalOf, coldStart, loadOf, type Arrival } from './arrivals.ts';
import { overlay } from './overlay.ts';
import type { Behaviour } from './pod.ts';
import type { Scenario } from './scenario.ts';
import type { Situation } from './situation.ts';
import type { Stretch } from './weather.ts';

/** Pods of the stable release; the canary's follow. */
export const STABLE_PODS = 4;
/** Rates are given for so many pods: one of them is the canary's. */
const USUAL_PODS = STABLE_PODS + 1;

/** What becomes of one pod. */
export interface Life {
  readonly behaviour: Behaviour;
  readonly stretches: readonly Stretch[];
  readonly arrival: Arrival;
}

/** Draws the lives of all pods of a release. */
export function livesOf(situation: Situation, scenario: Scenario, random: Random): Life[] {
  const arrivals = arrivalsOf(scenario, random);
  const weather = scenario.weather(random, arrivals.length);
  const slow = scenario.slowNode === 1 ? -1 : Math.floor(random() * arrivals.length);
  const own = arrivals.map(() =>
    scenario.ownRates === 0 ? 1 : gammaFactor(random, scenario.ownRates),
  );
  return weather.map((met, pod) => {
    const arrival = arrivals[pod]!;
    const begins = overlay(
      loadOf(arrival, arrivals, USUAL_PODS),
      coldStart(arrival, scenario.cold),
    );
    return {
      behaviour: behaviourOf(situation, pod >= STABLE_PODS, {
        own: own[pod]!,
        slower: pod === slow ? scenario.slowNode : 1,
        clump: scenario.clump,
      }),
      stretches: overlay(met, begins),
      arrival,
    };
  });
}

function arrivalsOf({ arriving }: Scenario, random: Random): Arrival[] {
  const canary =
    arriving.length === 0 ? [ALWAYS_THERE] : arriving.map((one) => arrivalOf(random, one));
  return [...Array.from({ length: STABLE_PODS }, () => ALWAYS_THERE), ...canary];
}

interface Own {
  readonly own: number;
  readonly slower: number;
  readonly clump: number;
}

function behaviourOf(
  { rate, base, times, latency }: Situation,
  isCanary: boolean,
  { own, slower, clump }: Own,
): Behaviour {
  const shared = { rate: rate / USUAL_PODS, base: base * own, clump };
  return isCanary
    ? { ...shared, times, latency: latency * slower }
    : { ...shared, times: 1, latency: slower };
}

/** When a pod restarts within an hour. */
export function restartsOf(random: Random, { restartsPerHour, lastLook }: Scenario): number[] {
  const restarts: number[] = [];
  if (restartsPerHour === 0) return restarts;
  const apart = 3600 / restartsPerHour;
  for (let at = exponential(random, apart); at < lastLook; at += exponential(random, apart)) {
    restarts.push(at);
  }
  return restarts;
}
