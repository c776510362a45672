import type { JudgeLook, PodCounters } from '@canary/judge';
import { randomOf, type Random } from '../random/random.ts';
import type { Arrival } from './arrivals.ts';
import { BOUNDS } from './law.ts';
import { livesOf, restartsOf, STABLE_PODS } from './lives.ts';
import { COUNTED, Pod, type Counted } from './pod.ts';
import { PLAIN, type Scenario } from './scenario.ts';
import { scenarios } from './scenarios.ts';
import type { Situation } from './situation.ts';

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

/** The first pods are the stable release's, the others the canary's. */
const CANARY = STABLE_PODS;
/** Seconds between two looks of peers, and between two samples where pods are scraped at phases. */
export const LOOK_SECONDS = 10;
/** When the hour's last look is taken. */
export const LAST_LOOK = PLAIN.lastLook;
/** Looks "at once" are not quite: pods are sampled within so many seconds. */
const SKEW_SECONDS = 0.02;
/** A pod that was paused answers within so many seconds after it. */
const ANSWER_SECONDS = 0.005;
/** The next look begins so long after the last answer to the one before, if not later anyway. */
const NEXT_LOOK_SECONDS = 0.001;

/** One release's hour, look by look. */
export class World {
  readonly #random: Random;
  readonly #scenario: Scenario;
  readonly #phases: readonly number[];
  readonly #pods: readonly Pod[];
  readonly #arrivals: readonly Arrival[];
  readonly #gapped: number;
  #newest: readonly PodCounters[] = [];
  #answeredAt = -Infinity;

  /** @param name of the run, which its random numbers follow from */
  constructor(situation: Situation, name: string) {
    this.#random = randomOf(name);
    const random = this.#random;
    const scenario: Scenario = scenarios[situation.scenario];
    const pods = STABLE_PODS + Math.max(1, scenario.arriving.length);
    this.#scenario = scenario;
    this.#phases = Array.from({ length: pods }, () =>
      scenario.sampling === 'at once' ? LOOK_SECONDS : random() * LOOK_SECONDS,
    );
    const lives = livesOf(situation, scenario, random);
    this.#arrivals = lives.map(({ arrival }) => arrival);
    this.#gapped = scenario.gaps === 0 ? -1 : Math.floor(random() * pods);
    this.#pods = lives.map(({ behaviour, stretches, arrival }, pod) => {
      const restarts = restartsOf(random, scenario);
      const from = this.#sampleAt(pod, 0);
      const startedAt = Math.max(arrival.startedAt, from - 1);
      return new Pod(random, behaviour, { stretches, restarts, from, startedAt });
    });
  }

  /** What the canary's users have suffered until then, expected. */
  harmUntil(seconds: number): { readonly failed: number; readonly requests: number } {
    let [failed, requests] = [0, 0];
    for (const pod of this.#pods.slice(CANARY)) {
      const harm = pod.harmUntil(seconds);
      failed += harm.failed;
      requests += harm.requests;
    }
    return { failed, requests };
  }

  /** Lives until a look that everyone takes, and gives what was to be seen since the one before. */
  look(seconds: number): readonly Seen[] {
    const at = seconds * 1000;
    const pods: PodCounters[] = [];
    const counted = new Array<Counted>(this.#pods.length).fill(NOTHING);
    const isPeers = seconds % LOOK_SECONDS === 0;
    const begin = this.#answeredAt + NEXT_LOOK_SECONDS;
    const unanswered: { readonly pod: string; readonly release: string }[] = [];
    for (const [i, pod] of this.#pods.entries()) {
      const sampleAt = this.#liveUntilSample(i, Math.max(begin, this.#sampleAt(i, seconds)));
      if (this.#isMissing(i, seconds)) {
        if (this.#scenario.saysUnanswered) unanswered.push({ pod: nameOf(i), release: releaseOf(i) });
        continue;
      }
      if (isPeers) counted[i] = pod.counted();
      if (pod.startedAt > sampleAt) continue;
      pods.push({
        pod: nameOf(i),
        release: releaseOf(i),
        at: this.#scenario.sampling === 'phases unseen' ? at : sampleAt * 1000,
        startedAt: (pod.startedAt + this.#scenario.clockAheadSeconds) * 1000,
        values: this.#exposed(pod),
        ready: this.#arrivals[i]!.readyAt <= seconds,
      });
    }
    const there = this.#arrivals.flatMap((one, i) => (one.createdAt <= seconds ? nameOf(i) : []));
    const seen: Seen = {
      seconds,
      look: { ...LOOK, at, pods, there, ...(unanswered.length > 0 ? { unanswered } : {}) },
      ...(isPeers ? { counted: { canary: counted[CANARY]!, twin: counted[0]! } } : {}),
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
        return { seconds: time, look: { ...look, at, pods } };
      });
  }

  /**
   * A pod that is paused answers when that is over: the sample is late, and has what waited or not, as
   * the pod comes to it. The next look waits for the last answer.
   */
  #liveUntilSample(i: number, due: number): number {
    const pod = this.#pods[i]!;
    const pausedUntil = pod.pausedUntil(due);
    if (pausedUntil === undefined) {
      pod.advance(due);
      return due;
    }
    const sampleAt = pausedUntil + ANSWER_SECONDS * this.#random();
    pod.advance(this.#random() < 0.5 ? due : sampleAt);
    this.#answeredAt = Math.max(this.#answeredAt, sampleAt);
    return sampleAt;
  }

  #isMissing(pod: number, seconds: number): boolean {
    const { missing, gaps } = this.#scenario;
    if (seconds > 0 && this.#random() < missing) return true;
    return pod === this.#gapped && seconds > 0 && this.#random() < gaps;
  }

  /** What the pod exposes: requests that are counted several times are not in the histogram so often. */
  #exposed(pod: Pod): readonly number[] {
    const values = pod.values();
    const { countedTimes } = this.#scenario;
    if (countedTimes === 1) return values;
    return values.map((value, i) =>
      typeof COUNTED[i] === 'number' ? value : countedTimes * value,
    );
  }

  #sampleAt(pod: number, seconds: number): number {
    const skew = this.#scenario.sampling === 'at once' ? this.#random() * SKEW_SECONDS : 0;
    return seconds - LOOK_SECONDS + this.#phases[pod]! - skew;
  }
}

function nameOf(pod: number): string {
  return `pod-${pod}`;
}

const NOTHING: Counted = { requests: 0, failed: 0, upTo: BOUNDS.map(() => 0) };

const LOOK: Omit<JudgeLook, 'at' | 'pods' | 'there'> = {
  releases: { canary: 'canary', stable: 'stable' },
  counted: COUNTED,
  bounds: { canary: BOUNDS, stable: BOUNDS },
  blocker: undefined,
};
