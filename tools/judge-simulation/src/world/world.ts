import type { JudgeLook, PodCounters } from '@canary/judge';
import { exponential, randomOf, type Random } from '../random/random.ts';
import { BOUNDS } from './law.ts';
import { COUNTED, Pod, type Behaviour, type Counted } from './pod.ts';
import { scenarios, type Scenario, type ScenarioName } from './scenarios.ts';

/** What a release is, and what it lives through. */
export interface Situation {
  /** Requests per second to all pods together. */
  readonly rate: number;
  /** Share of the stable release's requests that fail. */
  readonly base: number;
  /** Times as many of the canary's fail; infinite where all do. */
  readonly times: number;
  /** Times as long as the stable release's that the canary's responses take. */
  readonly latency: number;
  readonly scenario: ScenarioName;
}

/** What judges see at one look. */
export interface Seen {
  /** Seconds after the first look. */
  readonly seconds: number;
  /** For libs/judge. */
  readonly look: JudgeLook;
  /**
   * What was counted in the last {@link LOOK_SECONDS}, for peers: by the canary, and by one stable pod;
   * at every look of theirs.
   */
  readonly counted?: { readonly canary: Counted; readonly twin: Counted };
}

/** Four pods of the stable release, and one of the canary. */
export const STABLE_PODS = 4;
const PODS = STABLE_PODS + 1;
const CANARY = STABLE_PODS;
/** Seconds between two looks, and until the last. */
export const LOOK_SECONDS = 10;
export const LAST_LOOK = 3600;
/** Looks "at once" are not quite: pods are sampled within so many seconds. */
const SKEW_SECONDS = 0.02;

/** One release's hour, look by look. */
export class World {
  readonly #random: Random;
  readonly #scenario: Scenario;
  readonly #phases: readonly number[];
  readonly #pods: readonly Pod[];
  #newest: readonly PodCounters[] = [];

  /** @param name of the run, which its random numbers follow from */
  constructor(situation: Situation, name: string) {
    this.#random = randomOf(name);
    const random = this.#random;
    const scenario: Scenario = scenarios[situation.scenario];
    this.#scenario = scenario;
    this.#phases = Array.from({ length: PODS }, () =>
      scenario.sampling === 'at once' ? LOOK_SECONDS : random() * LOOK_SECONDS,
    );
    const weather = scenario.weather(random, PODS);
    const slow = scenario.slowNode === 1 ? -1 : Math.floor(random() * PODS);
    this.#pods = weather.map((stretches, pod) => {
      const restarts = restartsOf(random, scenario.restartsPerHour);
      const behaviour = behaviourOf(situation, pod, pod === slow ? scenario.slowNode : 1);
      return new Pod(random, behaviour, { stretches, restarts, from: this.#sampleAt(pod, 0) });
    });
  }

  /** What the canary's users have suffered until then, expected. */
  harmUntil(seconds: number): { readonly failed: number; readonly requests: number } {
    return this.#pods[CANARY]!.harmUntil(seconds);
  }

  /** Lives until a look that everyone takes, and gives what was to be seen since the one before. */
  look(seconds: number): readonly Seen[] {
    const at = seconds * 1000;
    const pods: PodCounters[] = [];
    const counted: Counted[] = [];
    for (const [i, pod] of this.#pods.entries()) {
      const sampleAt = this.#sampleAt(i, seconds);
      pod.advance(sampleAt);
      if (seconds > 0 && this.#random() < this.#scenario.missing) {
        counted.push(NOTHING);
        continue;
      }
      const sample = pod.sample();
      counted.push(sample.counted);
      pods.push({
        pod: NAMES[i]!,
        release: i === CANARY ? 'canary' : 'stable',
        at: this.#scenario.sampling === 'phases unseen' ? at : sampleAt * 1000,
        startedAt: pod.startedAt * 1000,
        values: sample.values,
      });
    }
    const seen: Seen = {
      seconds,
      look: { ...LOOK, at, pods },
      counted: { canary: counted[CANARY]!, twin: counted[0]! },
    };
    const between = seconds > 0 && this.#scenario.sampling === 'phases' ? this.#between(seen) : [];
    this.#newest = pods;
    return [...between, seen];
  }

  /** As from Prometheus: the seconds in which a scrape came, each with the newest sample of every pod. */
  #between({ seconds, look }: Seen): Seen[] {
    const newest = this.#newest;
    const times = new Set(look.pods.map(({ at }) => Math.ceil(at / 1000)));
    return [...times]
      .filter((time) => time < seconds)
      .sort((a, b) => a - b)
      .map((time) => {
        const at = time * 1000;
        const pods = look.pods.map((pod, i) => (pod.at <= at ? pod : newest[i]!));
        return { seconds: time, look: { ...LOOK, at, pods } };
      });
  }

  #sampleAt(pod: number, seconds: number): number {
    const skew = this.#scenario.sampling === 'at once' ? this.#random() * SKEW_SECONDS : 0;
    return seconds - LOOK_SECONDS + this.#phases[pod]! - skew;
  }
}

const NAMES = Array.from({ length: PODS }, (_, pod) => `pod-${pod}`);

const NOTHING: Counted = { requests: 0, failed: 0, upTo: BOUNDS.map(() => 0) };

const LOOK: Omit<JudgeLook, 'at' | 'pods'> = {
  releases: { canary: 'canary', stable: 'stable' },
  counted: COUNTED,
  there: NAMES,
  bounds: { canary: BOUNDS, stable: BOUNDS },
  blocker: undefined,
};

function behaviourOf(situation: Situation, pod: number, slower: number): Behaviour {
  const { rate, base, times, latency } = situation;
  const shared = { rate: rate / PODS, base };
  return pod === CANARY
    ? { ...shared, times, latency: latency * slower }
    : { ...shared, times: 1, latency: slower };
}

function restartsOf(random: Random, perHour: number): number[] {
  const restarts: number[] = [];
  if (perHour === 0) return restarts;
  let at = exponential(random, 3600 / perHour);
  for (; at < LAST_LOOK; at += exponential(random, 3600 / perHour)) restarts.push(at);
  return restarts;
}
