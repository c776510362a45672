import { shareInterval } from '@canary/judge';
import type { TrafficReport } from '@canary/traffic';
import type { Split } from './events.ts';

/** The versions that answer before and beside the canary. */
export interface Versions {
  readonly stable: string;
  readonly canary: string;
}

/** How the requests since `before` were shared; undefined before the first of them. */
export function splitSince(options: {
  readonly before: TrafficReport;
  readonly now: TrafficReport;
  readonly versions: Versions;
  readonly replicaShare: number;
}): Split | undefined {
  const { before, now, versions, replicaShare } = options;
  const since = (version: string) =>
    (now.versions[version]?.requests ?? 0) - (before.versions[version]?.requests ?? 0);
  const canary = since(versions.canary);
  const requests = since(versions.stable) + canary;
  if (requests === 0) return undefined;
  return { requests, canary, replicaShare, observed: shareInterval(canary, requests) };
}

/** Failed and all requests of a version. */
export function failuresOf({ versions }: TrafficReport, version: string) {
  const { requests = 0, statuses = {} } = versions[version] ?? {};
  const failed = Object.entries(statuses)
    .filter(([status]) => Number(status) >= 500)
    .reduce((sum, [, count]) => sum + count, 0);
  return { failed, requests };
}
