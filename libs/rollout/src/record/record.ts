import type { Plan } from '../plan/plan.ts';
import type { Opinion } from '../ports/judge.ts';
import type { PlatformObject, Selector, WorkloadRef } from '../ports/platform.ts';
import type { Request } from './request.ts';
import type { HistoryEntry } from './history.ts';
import type { RolloutSeries } from './series.ts';

/** How a rollout ended; `held` ended for now: a person's resume, promote or abort takes it up again. */
export type Outcome = 'promoted' | 'rolled back' | 'held' | 'timed out' | 'aborted';

/** A change of one resource under way: asked of the platform, and not known yet to have taken effect. */
export interface Operation {
  /** Numbers every operation of a rollout. */
  readonly number: number;
  readonly kind: 'apply' | 'scale' | 'template' | 'remove';
  /** Which pod template was asked for; of kind `template` only. */
  readonly template?: TemplateName;
  /** Replicas asked for; 0 for a removal. */
  readonly replicas: number;
  /** When it was asked, or known to be under way, in milliseconds since the Unix epoch. */
  readonly at: number;
  /**
   * `called`: the platform took it. `unknown`: the call failed, or whoever made it is gone; a
   * listing made since then tells.
   */
  readonly status: 'calling' | 'called' | 'unknown';
  /** The listing, or a later one, that tells what became of an unknown operation. */
  readonly listing: number | undefined;
}

/** A pod that cannot start, or whatever else keeps a workload from being ready. */
export interface Problem {
  readonly pod: string | undefined;
  /** In the platform's word, such as `ImagePullBackOff`. */
  readonly reason: string;
  readonly message: string | undefined;
  /** It does not pass by itself, as far as the platform can tell. */
  readonly fatal: boolean;
  readonly since: number;
}

/** Which of the pod templates that a release in place knows. */
export type TemplateName = 'own' | 'canary';

/** One resource of a rollout: its workload as it should be, and the operation under way on it. */
export interface Resource {
  readonly ref: WorkloadRef;
  /** What its pods are told apart by, such as a version. */
  readonly release: string;
  /** The whole object, enough to build it (again). */
  readonly object: PlatformObject;
  /** The workload as it was after our last change of it; undefined while it is not there. */
  readonly known: Known | undefined;
  /** Uid of the workload that we removed: who still shows it is behind. */
  readonly goneUid: string | undefined;
  /** What is there at the next look is taken as given, whatever it is. */
  readonly adopt: boolean;
  /** It was asked for, and not removed since: it is there, or may be. */
  readonly touched: boolean;
  readonly operation: Operation | undefined;
  /** After a failed call: when to try again, in milliseconds since the Unix epoch, and why it failed. */
  readonly retry:
    { readonly attempts: number; readonly at: number; readonly error: string } | undefined;
  /** Since when fewer replicas are ready than there should be. */
  readonly unreadySince: number | undefined;
  /** Kept until the workload is ready in full. */
  readonly problem: Problem | undefined;
}

/** A workload as we left it. */
export interface Known {
  readonly uid: string;
  readonly generation: number;
  readonly replicas: number;
}

/** What the looks of a stage have shown so far, since it began or since its gate was reached. */
export interface Observation {
  /** Numbers every look of a rollout. */
  readonly number: number;
  /** When the next look is due; all times in milliseconds since the Unix epoch. */
  readonly dueAt: number;
  /** When the last look that came to something ended. */
  readonly at: number | undefined;
  readonly opinion: Opinion | undefined;
  /** The last look failed, and why. */
  readonly failure: { readonly at: number; readonly error: string } | undefined;
  /** Requests since then, by release. */
  readonly requests: Readonly<Record<string, number>>;
  /** The first look that was begun since; what an earlier one says of going on does not count. */
  readonly since?: number;
}

/** A person's order to stand still. */
export interface Stop {
  readonly by: string;
  readonly reason: string;
  readonly at: number;
}

/** Who drives a rollout. */
export interface Driver {
  /** Names one process, such as `ana@laptop:4711`. */
  readonly holder: string;
  /** When it last saved, in milliseconds since the Unix epoch. */
  readonly heartbeatAt: number;
  /** Without a heartbeat for so long, another may take over. */
  readonly leaseMs: number;
}

/** What is kept of a rollout that has ended, once another has taken its place. */
export interface Earlier extends Pick<
  RolloutRecord,
  'id' | 'startedAt' | 'endedAt' | 'outcome' | 'reason'
> {
  /** Releases that it went from and to. */
  readonly from: string;
  readonly to: string;
}

/** Everything that a rollout has to know to go on, as plain JSON well below 1 MB. */
export interface RolloutRecord {
  /** Version of this shape. */
  readonly schema: 2;
  readonly id: string;
  readonly app: string;
  /** Finds both workloads. */
  readonly selector: Selector;
  readonly plan: Plan;
  readonly stable: Resource;
  readonly canary: Resource;
  /** The stable workload's own pod template, and the one it takes over; in place only. */
  readonly templates?: Readonly<Record<TemplateName, unknown>>;
  /** Tells the stable workload's own pods from those of the template that it takes over; in place only. */
  readonly ownTemplateHash?: string;
  readonly direction: 'forward' | 'back';
  /** Index of the stage that it is in, or was in last; -1 before the first. */
  readonly stage: number;
  /** The stage's desired state was reached, and its gate is waited for. */
  readonly atGate: boolean;
  /** When each stage that was begun began; all times in milliseconds since the Unix epoch. */
  readonly stageStartedAt: readonly number[];
  /** When the stage began, or its gate was reached. */
  readonly phaseStartedAt: number;
  /** For how long it was stopped in all, in milliseconds: paused, frozen, or without a driver. */
  readonly stoppedMs?: number;
  /** The same when the stage began, or its gate was reached. */
  readonly phaseStoppedMs?: number;
  /** When the last driver has let go of it; undefined while one drives, or where it just vanished. */
  readonly leftAt?: number | undefined;
  /** When the stage, its gate, or a rollback has taken too long. */
  readonly deadlineAt: number | undefined;
  readonly observation: Observation;
  /** Why the last gate was passed: the verdict, the time, or a person. */
  readonly passedFor?: string;
  /** What the judge said last, in whatever stage, in brief; none before the first look. */
  readonly judged?: { readonly at: number; readonly opinion: Omit<Opinion, 'judgement'> };
  /** What all looks showed; none before the first look. */
  readonly series?: RolloutSeries;
  /** Nothing goes forward; a rollback does. */
  readonly paused: Stop | undefined;
  /** Nothing is changed, not even back. */
  readonly frozen: Stop | undefined;
  /** Gates and splits on the way are passed over (promote in full). */
  readonly expedited: boolean;
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  /** What a rollback under way will have been, and why it began. */
  readonly turnedBack: { readonly outcome: Outcome; readonly reason: string } | undefined;
  readonly outcome: Outcome | undefined;
  /** Why it stands where it stands. */
  readonly reason: string;
  /** Commands that no driver has taken in yet. */
  readonly requests: readonly Request[];
  /** Requests, operations and listings so far. */
  readonly counters: Readonly<Record<'request' | 'operation' | 'listing', number>>;
  readonly history: readonly HistoryEntry[];
  /** Entries that were dropped from the middle of the history to bound it. */
  readonly forgotten: number;
  /** The rollouts of the app before this one, oldest first. */
  readonly earlier: readonly Earlier[];
  readonly driver: Driver | undefined;
  /** How the app that drives it was told to judge; plain JSON for that app alone. */
  readonly judging: unknown;
  /** The judge's own sums. */
  readonly judge: unknown;
  /** What was too large to be saved, and is said in the history. */
  readonly leftOut?: 'sums' | 'details';
}
