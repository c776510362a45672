import type { ImageCommand } from '@canary/local';
import type { PrometheusApiOptions, ScrapeWish } from '@canary/observation';
import type { Facts, PodTemplate } from '@canary/release';
import type {
  Clock,
  Lock,
  Observer,
  Platform,
  PlatformObject,
  RolloutStore,
  Selector,
  WorkloadRef,
} from '@canary/rollout';

import type { ReleaseNames } from './named-platform.ts';
import type { Sight } from './shared-sight.ts';

/** Which cluster, and where in it. */
export interface KubernetesSiteOptions {
  readonly on: 'kubernetes';
  /** Undefined: the context's own. */
  readonly namespace: string | undefined;
  readonly names?: ReleaseNames;
  readonly context: string | undefined;
  readonly kubeconfig: string | undefined;
}

/** Which embedded platform, and where in it. */
export interface LocalSiteOptions {
  readonly on: 'local';
  /** Undefined: `default`. */
  readonly namespace: string | undefined;
  readonly names?: ReleaseNames;
  /** The state folder of the `canary up` that holds it. */
  readonly state: string;
}

export type SiteOptions = KubernetesSiteOptions | LocalSiteOptions;

/** What is looked at, and through what. */
export interface ViewOptions {
  /** The pods' counters, read from themselves or through Prometheus; or nothing but what the platform says. */
  readonly source: 'direct' | 'prometheus' | 'platform';
  /**
   * Address of the Prometheus whose targets have to be UP; `service` is the one that the platform
   * has in the namespace. None: the pods alone say whether they can be scraped.
   */
  readonly prometheus?: string | undefined;
  /** File with headers for Prometheus; `CANARY_PROMETHEUS_HEADER_FILE` of this process goes before it. */
  readonly prometheusHeaderFile?: string | undefined;
  /** Where pods are scraped directly, whatever they say of it. */
  readonly scrape?: ScrapeWish | undefined;
  /** Metrics that are looked at, or all that there are; those of this project's own services by default. */
  readonly metrics?: readonly string[] | 'all';
}

/** What happened to a Deployment, for those who describe it. */
export interface SiteEvent {
  readonly object: PlatformObject;
  readonly uid: string;
  readonly type: 'Normal' | 'Warning';
  /** One word in UpperCamelCase, such as `CanaryPromoted`. */
  readonly reason: string;
  readonly message: string;
}

/** What a release in place is about to do. */
export interface ReleaseWishes {
  /** The stable Deployment as the platform has it. */
  readonly deployment: PlatformObject;
  /** Its pod template after the release. */
  readonly template: PodTemplate;
  /** The canary with the most replicas that it is to have. */
  readonly canary: PlatformObject;
}

/** Where releases are, with all that a rollout there needs. */
export interface Site {
  readonly namespace: string;
  readonly platform: Platform;
  /** What is there, for those who look again and again: from a watch that they share, where that costs less. */
  readonly sight: Sight;
  readonly store: RolloutStore;
  readonly clock: Clock;
  /** Who is at the keyboard. */
  readonly user: string;
  /** Names this process among all that may drive a rollout. */
  readonly holder: string;
  /** Lets one at a time drive the app's rollouts, where the platform has such a thing. */
  lock?(app: string): Lock;
  /** Says which commands stand for images, where replicas are processes. */
  run?(commands: readonly ImageCommand[]): Promise<void>;
  /** Whether the platform has a Prometheus in the namespace that it knows of. */
  hasPrometheus(): Promise<boolean>;
  /**
   * The way to the Prometheus that a view names, with the headers for it; undefined where it names none.
   *
   * @throws an `Error` where there is no such Service, or the file of headers cannot be read
   */
  prometheus(view: ViewOptions): Promise<PrometheusApiOptions | undefined>;
  /**
   * Looks at the pods of the workloads selected.
   *
   * @throws an `Error` where it is to look through a Prometheus that is not there
   */
  observer(selector: Selector, view: ViewOptions): Promise<Observer>;
  /** Whether the platform knows that kind of object; all kinds that there are where it is not said. */
  knows?(kind: string): boolean;
  /** Whether the Deployment's controller has taken in what was last asked of it, and replaced every pod. */
  isRolledOut(ref: WorkloadRef): Promise<boolean>;
  /**
   * Makes a Secret, unless there is one of that name, where the platform has such a thing.
   *
   * @returns whether it was made
   */
  createSecret?(name: string, data: Readonly<Record<string, string>>): Promise<boolean>;
  /** Why no pod of a Job runs, in a sentence, where the platform has Jobs; undefined where one does. */
  troubleOfJob?(job: string): Promise<string | undefined>;
  /**
   * The pod template as the platform would keep it for a Deployment, with all that it adds, without
   * changing anything; undefined where it keeps what it is given.
   *
   * @throws an `Error` with what the platform says against it
   */
  admittedTemplate?(ref: WorkloadRef, template: unknown, uid: string): Promise<unknown>;
  /** The Deployment with its status, where the platform keeps one. @throws an `Error` where there is none */
  readDeployment?(ref: WorkloadRef): Promise<PlatformObject>;
  /** The Services of the namespace, where the platform tells. */
  services?(): Promise<readonly PlatformObject[]>;
  /** All that is looked at before a release in place, where the platform has such things. */
  facts?(wish: ReleaseWishes): Promise<Facts>;
  recordEvent(event: SiteEvent): Promise<void>;
  close(): Promise<void>;
}
