import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Clock } from '@canary/rollout';
import { systemClock } from '@canary/runtime';
import { DiscoveryServer } from './discovery-server.ts';
import { HostPorts } from './host-ports.ts';
import type { ImageRunner } from './images.ts';
import { keyOf, LocalPlatform } from './local-platform.ts';
import type { LocalPod } from './pod.ts';
import type { Notice } from './read-object.ts';
import type { ConfigMapObject } from './schema.ts';
import type { ServicePort } from './service.ts';

/** What {@link startLocalPlatform} is told. */
export interface LocalPlatformOptions {
  /** How images run; the first that matches is taken. */
  readonly images: readonly ImageRunner[];
  /** Holds logs and volumes; made where it is not there. */
  readonly stateDirectory: string;
  /** Takes, once per field, what of the objects is not honoured here. */
  readonly onNotice?: (message: string) => void;
  /** The port of this machine that a Service listens on; undefined takes its `nodePort`, or a free one. */
  readonly hostPort?: (port: ServicePort) => number | undefined;
  readonly clock?: Clock;
  /** Uniform on [0, 1), as `Math.random`. */
  readonly random?: () => number;
}

/**
 * The embedded platform: what is applied to it runs as processes of this machine, which end with
 * this process however it ends. End it with `stop()`; nothing outlives that either.
 *
 * @example
 * const platform = await startLocalPlatform({
 *   stateDirectory: '.canary',
 *   images: [myapp],
 *   onNotice: (message) => process.stderr.write(`${message}\n`),
 * });
 * await platform.apply(objects);
 * await fetch(`http://${platform.serviceAddress('default', 'myapp-svc', 5555)}/`);
 * await platform.stop();
 *
 * @throws an `Error` on Windows, which has neither signals nor process groups
 */
export async function startLocalPlatform(options: LocalPlatformOptions): Promise<LocalPlatform> {
  if (process.platform === 'win32')
    throw new Error('The embedded platform does not run on Windows; use WSL 2, Linux or macOS');
  const { images, clock = systemClock, random = Math.random } = options;
  const directory = resolve(options.stateDirectory);
  await mkdir(directory, { recursive: true });
  const pods = new Set<LocalPod>();
  const configMaps = new Map<string, ConfigMapObject>();
  const discovery = new DiscoveryServer(pods);
  const host = {
    images,
    clock,
    random,
    directory,
    ports: new HostPorts(random),
    configMap: (namespace: string, name: string) => configMaps.get(keyOf({ namespace, name })),
    discoveryUrl: await discovery.listen(),
  };
  return new LocalPlatform({
    host,
    pods,
    configMaps,
    discovery,
    notice: once(options.onNotice ?? (() => undefined)),
    hostPort: options.hostPort ?? (() => undefined),
  });
}

function once(tell: (message: string) => void): Notice {
  const told = new Set<string>();
  return (key, message) => {
    if (told.has(key)) return;
    told.add(key);
    tell(message);
  };
}
