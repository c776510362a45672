import type { HostEvent, ServicePort } from '@canary/local';
import type { TrafficReport } from '@canary/traffic';
import type { OwnDeployment } from './own-app.ts';

/** What `canary up` tells, in the order in which it comes: `-o json` writes a line for each. */
export type UpEvent =
  /** The app is there, and reached at the address; undefined for an app without a Service. */
  | {
      readonly kind: 'up';
      readonly at: number;
      readonly state: string;
      readonly namespace: string;
      readonly app: string | undefined;
      readonly replicas: number;
      readonly prometheus: string | undefined;
      /** What files have brought; not there for the catalogue's app. */
      readonly own?: OwnUp;
    }
  /** Where requests went since the last such line, and all that were not answered well so far. */
  | {
      readonly kind: 'traffic';
      readonly at: number;
      readonly requests: Readonly<Record<string, number>>;
      readonly failed: number;
      readonly lost: number;
    }
  /** What a driver tells of its rollout. */
  | ({ readonly kind: 'event'; readonly at: number } & HostEvent)
  /** What of an object is not honoured here. */
  | { readonly kind: 'notice'; readonly message: string }
  /** Nothing runs any more; the final counts where there was a load. */
  | { readonly kind: 'down'; readonly at: number; readonly traffic: TrafficReport | undefined };

/** An app of files that is up. */
export interface OwnUp {
  readonly deployments: readonly OwnDeployment[];
  /** Where each port of its Services is reached. */
  readonly services: readonly (ServicePort & { readonly url: string })[];
}

/** Requests without an answer. */
export function lostOf({ networkErrors }: TrafficReport): number {
  return Object.values(networkErrors).reduce((sum, count) => sum + count, 0);
}

/** Requests that each version answered between two reports. */
export function requestsBetween(
  before: TrafficReport | undefined,
  now: TrafficReport,
): Record<string, number> {
  const answered = Object.entries(now.versions).map(([version, { requests }]) => {
    return [version, requests - (before?.versions[version]?.requests ?? 0)] as const;
  });
  return Object.fromEntries(answered.filter(([, requests]) => requests > 0));
}
