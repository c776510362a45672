import { join } from 'node:path';
import type { Clock } from '@canary/rollout';
import type { HostPorts } from './host-ports.ts';
import type { ImageRunner } from './images.ts';
import type { ConfigMapObject } from './schema.ts';

/** The one node that all pods are on. */
export const NODE_NAME = 'local';

/** The address of every pod; its ports tell one from another. */
export const POD_IP = '127.0.0.1';

/** What pods find on the machine that they run on. */
export interface Host {
  readonly images: readonly ImageRunner[];
  readonly clock: Clock;
  /** Uniform on [0, 1), as `Math.random`. */
  readonly random: () => number;
  readonly ports: HostPorts;
  readonly configMap: (namespace: string, name: string) => ConfigMapObject | undefined;
  /** Holds the pods' logs and volumes. */
  readonly directory: string;
  readonly discoveryUrl: string;
}

/** The log of a pod; it stays when the pod is gone. */
export function logFile({ directory }: Host, namespace: string, pod: string): string {
  return join(directory, 'logs', namespace, `${pod}.log`);
}
