import type { Pod } from '@canary/rollout';
import type { PodObject } from './api-objects.ts';
import { podReason } from './pod-reason.ts';

const PHASES: readonly Pod['phase'][] = ['Pending', 'Running', 'Succeeded', 'Failed'];

/** A pod as the port has it. */
export function podOf(pod: PodObject): Pod {
  const { metadata, spec, status = {} } = pod;
  const why = podReason(pod);
  const containers = status.containerStatuses ?? [];
  return {
    name: metadata.name ?? '',
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    templateHash: metadata.labels?.['pod-template-hash'],
    node: spec.nodeName,
    scrapeAddress: scrapeAddress(pod),
    phase: PHASES.find((phase) => phase === status.phase) ?? 'Unknown',
    ready: why === undefined,
    terminating: metadata.deletionTimestamp !== undefined,
    restarts: containers.reduce((sum, { restartCount }) => sum + restartCount, 0),
    reason: why?.reason,
    message: why?.message,
  };
}

/** As Prometheus' usual relabelling has it: the annotated port, else the first that a container declares. */
function scrapeAddress({ metadata, spec, status }: PodObject): string | undefined {
  const ip = status?.podIP;
  const declared = spec.containers.flatMap(({ ports = [] }) => ports)[0]?.containerPort;
  const port = metadata.annotations?.['prometheus.io/port'] ?? declared;
  if (!ip || port === undefined) return undefined;
  return `${ip.includes(':') ? `[${ip}]` : ip}:${port}`;
}
