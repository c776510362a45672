import { type Pod, scrapePort } from '@canary/rollout';
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
    address: addressOf(pod),
    phase: PHASES.find((phase) => phase === status.phase) ?? 'Unknown',
    ready: why === undefined,
    terminating: metadata.deletionTimestamp !== undefined,
    restarts: containers.reduce((sum, { restartCount }) => sum + restartCount, 0),
    reason: why?.reason,
    message: why?.message,
  };
}

function addressOf({ status }: PodObject): string | undefined {
  const ip = status?.podIP;
  return ip?.includes(':') === true ? `[${ip}]` : ip;
}

function scrapeAddress(pod: PodObject): string | undefined {
  const { metadata, spec } = pod;
  const address = addressOf(pod);
  const declared = spec.containers.flatMap(({ ports = [] }) => ports);
  const port = scrapePort(metadata.annotations ?? {}, declared);
  return address === undefined || port === undefined ? undefined : `${address}:${port}`;
}
