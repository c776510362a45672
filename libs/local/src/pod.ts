import { randomUUID } from 'node:crypto';
import { type Pod, scrapePort } from '@canary/rollout';
import { Container } from './container.ts';
import { NODE_NAME, POD_IP, type Host } from './host.ts';
import { PodPremises, type PodIdentity } from './pod-premises.ts';
import { podStatus } from './pod-status.ts';
import type { PodTemplate } from './schema.ts';

/** What a {@link LocalPod} is made from. */
export interface PodOptions {
  readonly identity: Omit<PodIdentity, 'uid'>;
  readonly template: PodTemplate;
  readonly host: Host;
  /** Called after every change of what the pod shows. */
  readonly changed: () => void;
}

/**
 * How long a pod that must go keeps running after the balancers have let go of it: a connection
 * that was on its way has arrived by then, so that even a server that closes its listener at once
 * loses none.
 */
const WITHDRAWAL_MS = 100;

const uninterrupted = new AbortController().signal;

/** A replica: its containers' processes, and what they hold on the host. */
export class LocalPod {
  readonly identity: PodIdentity;
  readonly annotations: Readonly<Record<string, string>>;
  readonly containers: readonly Container[];
  readonly #options: PodOptions;
  readonly #premises: PodPremises;
  #readySince: number | undefined;
  #leaving: Promise<void> | undefined;

  constructor(options: PodOptions) {
    const { host, template } = options;
    this.#options = options;
    this.identity = { ...options.identity, uid: randomUUID() };
    this.annotations = template.metadata.annotations;
    this.#premises = new PodPremises(this.identity, template, host);
    this.containers = template.spec.containers.map(
      (spec) =>
        new Container({
          spec,
          images: host.images,
          clock: host.clock,
          logFile: this.#premises.logFile,
          graceSeconds: template.spec.terminationGracePeriodSeconds,
          context: () => this.#premises.context(spec),
          changed: () => {
            this.#changed();
          },
        }),
    );
  }

  get ready(): boolean {
    return this.containers.every(({ ready }) => ready);
  }

  get terminating(): boolean {
    return this.#leaving !== undefined;
  }

  /** When it last became ready, on the host's clock; undefined while it is not. */
  get readySince(): number | undefined {
    return this.#readySince;
  }

  /** The port of this machine that stands for a port, or a port's name, of its containers. */
  hostPort(port: number | string): number | undefined {
    const declared = this.containers.flatMap(({ spec }) => spec.ports);
    const named = declared.find(({ name }) => name === port)?.containerPort;
    const number = typeof port === 'number' ? port : named;
    return number === undefined ? undefined : this.#premises.ports.get(number);
  }

  start(): void {
    for (const container of this.containers) container.start();
  }

  /**
   * Ends it; resolves when nothing of it is left but its log. Balancers leave it out at once, and
   * its processes are asked to end a moment later.
   *
   * @param longestGrace seconds at which its own grace period is cut off, in a later call too
   */
  terminate(longestGrace = Infinity): Promise<void> {
    const own = this.#options.template.spec.terminationGracePeriodSeconds;
    const grace = Math.min(own, longestGrace);
    if (this.#leaving) void this.#stopContainers(grace);
    this.#leaving ??= this.#leave(grace);
    return this.#leaving;
  }

  snapshot(): Omit<Pod, 'templateHash'> {
    const { name, labels } = this.identity;
    const declared = this.containers.flatMap(({ spec }) => spec.ports);
    const scraped = scrapePort(this.annotations, declared);
    const port = scraped === undefined ? undefined : this.hostPort(scraped);
    const ports = [...this.#premises.ports].map(([number, host]) => [number, `${POD_IP}:${host}`]);
    return {
      name,
      labels,
      annotations: this.annotations,
      node: NODE_NAME,
      scrapeAddress: port === undefined ? undefined : `${POD_IP}:${port}`,
      ports: Object.fromEntries(ports) as Readonly<Record<string, string>>,
      ready: this.ready,
      terminating: this.terminating,
      restarts: this.containers.reduce((sum, { restarts }) => sum + restarts, 0),
      ...podStatus(this.containers),
    };
  }

  async #leave(graceSeconds: number): Promise<void> {
    if (this.ready) await this.#options.host.clock.sleep(WITHDRAWAL_MS, uninterrupted);
    await this.#stopContainers(graceSeconds);
    await this.#premises.clear();
  }

  async #stopContainers(graceSeconds: number): Promise<void> {
    await Promise.all(this.containers.map((container) => container.stop(graceSeconds)));
  }

  #changed(): void {
    this.#readySince = this.ready
      ? (this.#readySince ?? this.#options.host.clock.now())
      : undefined;
    this.#options.changed();
  }
}
