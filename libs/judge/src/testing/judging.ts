import { judgeOptions, type JudgeOptions } from '../options.ts';
import { beginStep, type JudgeLook, type JudgeState } from '../weighing/state.ts';
import { packed, unpacked, type PackedState } from '../weighing/packed.ts';
import { weigh } from '../weighing/weigh.ts';
import type { Judgement } from '../verdict/decide.ts';

/** What a pod has counted so far; its release is 2.0.0 where its name begins with `c`, else 1.0.0. */
export interface Counted {
  readonly requests?: number;
  readonly failed?: number;
  /** Requests up to 0.1 s and up to 1 s; all requests by default. */
  readonly fast?: number;
  readonly middling?: number;
  /** When it was sampled, in seconds; as the look by default. */
  readonly at?: number;
  /** When its process started, in seconds; long ago by default. */
  readonly startedAt?: number | undefined;
  readonly ready?: boolean;
  readonly inFlight?: number;
}

/** One look: when, in seconds, and what the pods had counted. */
export type Shown = readonly [at: number, pods: Readonly<Record<string, Counted>>];

const BOUNDS = [0.1, 1, Infinity];

/** A judge between looks; states go through JSON, as those of a driver that is killed after each. */
export class Judging {
  state: JudgeState = beginStep(undefined, 0);
  readonly options: JudgeOptions;
  /** Pods that are there, besides those that are sampled. */
  there: readonly string[] = [];

  constructor(options: Partial<JudgeOptions> = {}) {
    // Pods are warm unless a test is about that.
    this.options = judgeOptions({ warmUpSeconds: 0, ...options });
  }

  look([at, pods]: Shown, more: Partial<JudgeLook> = {}): Judgement {
    const { state, judgement } = weigh(
      this.state,
      { ...this.#lookAt(at, pods), ...more },
      this.options,
    );
    this.state = unpacked(JSON.parse(JSON.stringify(packed(state))) as PackedState);
    return judgement;
  }

  /** The last judgement of several looks. */
  looks(...all: readonly Shown[]): Judgement {
    return all.map((one) => this.look(one)).at(-1)!;
  }

  #lookAt(seconds: number, pods: Readonly<Record<string, Counted>>): JudgeLook {
    return {
      at: seconds * 1000,
      releases: { canary: '2.0.0', stable: '1.0.0' },
      counted: ['answered', 'failed', ...BOUNDS],
      pods: Object.entries(pods).map(([pod, counted]) => {
        const { requests = 0, failed = 0, fast = requests, middling = requests } = counted;
        const startedAt = 'startedAt' in counted ? counted.startedAt : -1e6;
        return {
          pod,
          release: pod.startsWith('c') ? '2.0.0' : '1.0.0',
          at: (counted.at ?? seconds) * 1000,
          startedAt: startedAt === undefined ? undefined : startedAt * 1000,
          ready: counted.ready,
          inFlight: counted.inFlight,
          values: [requests - failed, failed, fast, middling, requests],
        };
      }),
      there: this.there,
      bounds: { canary: BOUNDS, stable: BOUNDS },
      // Tests give both sides requests as they like.
      expectedShare: 1e-6,
      blocker: undefined,
    };
  }
}
