import type { PlatformObject } from '@canary/rollout';
import type { TrafficReport } from '@canary/traffic';

/** A pod as a test looks at it. */
export interface WorldPod {
  readonly name: string;
  readonly release: string;
  readonly node: string;
  /** The pod's address, and the port that its annotation names. */
  readonly scrapeAddress: string;
  readonly ready: boolean;
}

/** One series of an instant query, with the newest sample of an instant vector or all of a range vector. */
export interface QueryResult {
  readonly metric: Readonly<Record<string, string>>;
  /** Pairs of Unix seconds and value, oldest first. */
  readonly samples: readonly (readonly [number, number])[];
}

/** An active target as Prometheus tells it. */
export interface ScrapeTarget {
  readonly labels: Readonly<Record<string, string>>;
  readonly scrapeUrl: string;
  readonly health: string;
  readonly lastError: string;
}

/** A load under way, as its client counts it. */
export interface TrafficWatch {
  /** All counts so far, one about every second, oldest first. */
  reports(): readonly TrafficReport[];
  /** Ends the load and gives its final counts. */
  stop(): Promise<TrafficReport>;
}

/** Where the release runs, as far as the tests need to know. */
export interface World {
  /** Makes the objects be there, as a user would. */
  apply(objects: readonly PlatformObject[]): Promise<void>;
  /** The object of that kind and name as the platform holds it, with what the platform added. */
  read(object: PlatformObject): Promise<unknown>;
  /** The pods with that `appname`, terminating ones left out. */
  pods(appname: string): Promise<readonly WorldPod[]>;
  scale(deployment: string, replicas: number): Promise<void>;
  deleteDeployment(deployment: string): Promise<void>;
  /** The uid of a Service; another one means another object. */
  serviceUid(name: string): Promise<string>;
  query(promql: string): Promise<readonly QueryResult[]>;
  /** A range query over the last so many seconds, a sample for each. */
  queryRange(promql: string, seconds: number): Promise<readonly QueryResult[]>;
  targets(): Promise<readonly ScrapeTarget[]>;
  /** Starts a constant load on the app's Service. */
  startTraffic(rps: number): Promise<TrafficWatch>;
}
