import type { Parameters } from '@canary/manifests';
import type { Observer, Platform, RolloutStore } from '@canary/rollout';
import type { TrafficReport } from '@canary/traffic';

/** A load under way on a site. */
export interface DemoLoad {
  /** The newest counts of the client. */
  report(): TrafficReport;
  /** Ends the load and gives its final counts, the same ones however often it is asked. */
  stop(): Promise<TrafficReport>;
}

/** Where the demonstration takes place: a platform, ready for objects, and what is needed around it. */
export interface DemoSite {
  /** For people, such as `this machine`. */
  readonly name: string;
  readonly platform: Platform;
  /** Where the rollout is kept. */
  readonly store: RolloutStore;
  /** What the objects are rendered with. */
  readonly parameters: Parameters;
  /** Catalogue entries that have to be there before the first release. */
  readonly around: readonly string[];
  /** Looks at the targets of every app, once `around` is applied. */
  observer(): Observer;
  /** Looks at the pods of the app directly, for the metrics named. */
  scrape(metrics: readonly string[]): Observer;
  /** The same once `around` is applied; pods are UP where Prometheus, if there is one, has them UP, too. */
  judge(metrics: readonly string[]): Observer;
  /** For people, such as `Prometheus`. */
  readonly observedBy: string;
  /** Starts a load on the app's Service that ends by itself after so many seconds at the latest. */
  startLoad(rps: number, seconds: number): Promise<DemoLoad>;
  /** Ends all that the site started. */
  close(): Promise<void>;
}
