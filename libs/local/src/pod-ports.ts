import type { HostPorts } from './host-ports.ts';
import type { ContainerSpec, ProbeSpec } from './pod-schema.ts';

/** The annotation that names the port to be scraped. */
export const SCRAPE_PORT = 'prometheus.io/port';

/** Gives every port that a pod listens on a port of this machine, for this pod alone. */
export class PodPorts {
  readonly #free: HostPorts;
  readonly #byContainerPort = new Map<number, number>();

  constructor(free: HostPorts) {
    this.#free = free;
  }

  /** Container port -> port of this machine. */
  get map(): ReadonlyMap<number, number> {
    return this.#byContainerPort;
  }

  /** Sees to it that each of the ports has one, on which nobody else listens now. */
  async provide(containerPorts: Iterable<number>): Promise<void> {
    for (const port of containerPorts) {
      const held = this.#byContainerPort.get(port);
      const next = held === undefined ? this.#free.take() : this.#free.keepOrMove(held);
      this.#byContainerPort.set(port, await next);
    }
  }

  release(): void {
    for (const port of this.#byContainerPort.values()) this.#free.release(port);
    this.#byContainerPort.clear();
  }
}

/** The ports that a container listens on, as far as its object tells: declared, probed or scraped. */
export function listenedPorts(
  { ports, startupProbe, readinessProbe, livenessProbe }: ContainerSpec,
  annotations: Readonly<Record<string, string>>,
): Set<number> {
  const listened = new Set(ports.map(({ containerPort }) => containerPort));
  const probes = [startupProbe, readinessProbe, livenessProbe];
  for (const port of probes.flatMap(probedPort)) listened.add(port);
  const scraped = Number(annotations[SCRAPE_PORT]);
  if (Number.isInteger(scraped) && scraped > 0) listened.add(scraped);
  return listened;
}

function probedPort(probe: ProbeSpec | undefined): number[] {
  const port = probe?.httpGet?.port ?? probe?.tcpSocket?.port;
  return typeof port === 'number' ? [port] : [];
}
