import type { Stage, VerdictGate } from '../plan/plan.ts';

/** How a stage of a release is observed; all times in seconds. */
export type ObserveWish =
  | {
      readonly until: 'time';
      readonly seconds: number;
      /** From look to look, in whatever stage; 10 by default. */
      readonly everySeconds?: number;
    }
  | {
      readonly until: 'verdict';
      /** 60 by default. */
      readonly soakSeconds?: number;
      /** 3600 by default. */
      readonly limitSeconds?: number;
      /** From look to look, in whatever stage; 10 by default. */
      readonly everySeconds?: number;
      /** `hold` by default. */
      readonly onTimeout?: VerdictGate['onTimeout'];
    };

/** What is wished for; exactly one of `canaryReplicas`, `weights` and `stages` is given. */
export interface ReleaseWish {
  /** Replicas of the stable release now. */
  readonly stableReplicas: number;
  /**
   * How the new release takes over: `replace`, the default: its own workload grows to the stable
   * release's size and stays, the stable one goes; `in place`: the stable workload takes its pod
   * template, and the canary's workload goes.
   */
  readonly takeOver?: 'in place' | 'replace';
  /** Canary replicas from stage to stage, beside as many stable ones as the surge allows. */
  readonly canaryReplicas?: readonly number[];
  /** Wanted canary shares from stage to stage, in percent; the nearest split of replicas is taken. */
  readonly weights?: readonly number[];
  /** The stages themselves. */
  readonly stages?: readonly Stage[];
  /** Pods asked for beyond the stable release's; as many again by default. */
  readonly maxSurge?: number;
  /** Ready replicas that are never given up; `stableReplicas` by default. */
  readonly minReady?: number;
  /** How each split is observed; until the judge's verdict by default. */
  readonly observe?: ObserveWish;
  /**
   * Seconds for which the new release at full size is observed before the old one goes; 60 by
   * default, 0: not at all.
   */
  readonly bakeSeconds?: number;
  /** Whether a person is asked before the canary takes over; false by default. */
  readonly confirm?: boolean;
  /** Seconds within which pods that were asked for have to be ready; 120 by default. */
  readonly readySeconds?: number;
  /** Seconds for which a pod that cannot start (image, crash loop) is waited for; 20 by default. */
  readonly graceSeconds?: number;
}
