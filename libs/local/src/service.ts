import { Balancer } from './balancer.ts';
import type { LocalPod } from './pod.ts';
import type { ServiceObject } from './schema.ts';

/** Names one port of one Service. */
export interface ServicePort {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
}

/** What a {@link LocalService} is given by its platform. */
export interface ServiceOptions {
  readonly allPods: ReadonlySet<LocalPod>;
  /** Uniform on [0, 1), as `Math.random`. */
  readonly random: () => number;
  /** The port of this machine to listen on; undefined takes the `nodePort`, or a free one. */
  readonly hostPort: (port: ServicePort) => number | undefined;
}

type Metadata = ServiceObject['metadata'];
type PortSpec = ServiceObject['spec']['ports'][number];

interface OpenPort {
  readonly balancer: Balancer;
  /** What was asked for; 0 is any free one. */
  readonly asked: number;
  readonly listening: number;
}

/** A Service: one balancer for each of its ports. */
export class LocalService {
  readonly #options: ServiceOptions;
  readonly #open = new Map<number, OpenPort>();
  #wanted: ServiceObject | undefined;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  /**
   * Makes this what is wanted from now on; ports that stay keep listening.
   *
   * @throws an `Error` that names the port of this machine that is taken
   */
  async change(wanted: ServiceObject): Promise<void> {
    this.#wanted = wanted;
    const { metadata, spec } = wanted;
    const asked = new Map(spec.ports.map((port) => [port.port, this.#asked(metadata, port)]));
    for (const [port, open] of this.#open) {
      if (asked.get(port) === open.asked) continue;
      this.#open.delete(port);
      await open.balancer.close();
    }
    for (const [port, hostPort] of asked)
      if (!this.#open.has(port)) await this.#listen(metadata, port, hostPort);
  }

  /** The port of this machine that stands for a port, or a port's name, of the Service. */
  listening(port: number | string): number | undefined {
    const ports = this.#wanted?.spec.ports ?? [];
    const spec = ports.find((other) => other.port === port || other.name === port);
    return spec && this.#open.get(spec.port)?.listening;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map(({ balancer }) => balancer.close()));
    this.#open.clear();
  }

  async #listen(metadata: Metadata, port: number, asked: number): Promise<void> {
    const balancer = new Balancer({
      name: `Service ${metadata.namespace}/${metadata.name} port ${port}`,
      backends: () => this.#backends(port),
      random: this.#options.random,
    });
    const listening = await balancer.listen(asked);
    this.#open.set(port, { balancer, asked, listening });
  }

  #asked({ namespace, name }: Metadata, { port, nodePort }: PortSpec): number {
    return this.#options.hostPort({ namespace, name, port }) ?? nodePort ?? 0;
  }

  #backends(port: number): number[] {
    if (!this.#wanted) return [];
    const { metadata, spec } = this.#wanted;
    const target = spec.ports.find((other) => other.port === port)?.targetPort ?? port;
    const selector = Object.entries(spec.selector);
    if (selector.length === 0) return [];
    const backends: number[] = [];
    for (const pod of this.#options.allPods) {
      const { namespace, labels } = pod.identity;
      if (namespace !== metadata.namespace || pod.terminating || !pod.ready) continue;
      if (!selector.every(([key, value]) => labels[key] === value)) continue;
      const backend = pod.hostPort(target);
      if (backend !== undefined) backends.push(backend);
    }
    return backends;
  }
}
