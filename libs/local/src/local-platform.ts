import type { Platform, PlatformObject, Selector, Workload, WorkloadRef } from '@canary/rollout';
import { Changes } from './changes.ts';
import { LocalDeployment, type WantedDeployment } from './deployment.ts';
import type { DiscoveryServer } from './discovery-server.ts';
import { logFile, type Host } from './host.ts';
import { ObjectStore, withServerMetadata } from './object-store.ts';
import { tailLog } from './pod-log.ts';
import type { LocalPod } from './pod.ts';
import { describe, readObject, type Notice } from './read-object.ts';
import type { ConfigMapObject, DeploymentObject, ServiceObject } from './schema.ts';
import { LocalService, type ServiceOptions } from './service.ts';

/** The parts of a {@link LocalPlatform}; `startLocalPlatform` puts them together. */
export interface LocalPlatformParts {
  readonly host: Host;
  readonly pods: Set<LocalPod>;
  readonly configMaps: Map<string, ConfigMapObject>;
  readonly discovery: DiscoveryServer;
  readonly notice: Notice;
  readonly hostPort: ServiceOptions['hostPort'];
}

const STOP_GRACE_SECONDS = 10;

/** Runs Deployments as processes of this machine, and Services as balancers in this process. */
export class LocalPlatform implements Platform {
  readonly #parts: LocalPlatformParts;
  readonly #objects: ObjectStore;
  readonly #deployments = new Map<string, LocalDeployment>();
  readonly #services = new Map<string, LocalService>();
  readonly #changes = new Changes();
  #applying: Promise<void> = Promise.resolve();
  #stopping: Promise<void> | undefined;

  constructor(parts: LocalPlatformParts) {
    this.#parts = parts;
    this.#objects = new ObjectStore(() => parts.host.clock.now());
  }

  /** Where every pod is listed for Prometheus' `http_sd_configs`; see `withLocalDiscovery`. */
  get discoveryUrl(): string {
    return this.#parts.host.discoveryUrl;
  }

  apply(objects: readonly PlatformObject[]): Promise<void> {
    const all = objects.map((object) => JSON.parse(JSON.stringify(object)) as PlatformObject);
    const applied = this.#applying.then(() => this.#applyAll(all));
    this.#applying = applied.catch(() => undefined);
    return applied;
  }

  list(selector: Selector): Promise<readonly Workload[]> {
    return Promise.resolve(this.#list(selector));
  }

  async scale(ref: WorkloadRef, replicas: number, uid?: string): Promise<void> {
    const found = await this.#found(ref, `be scaled to ${replicas}`, uid);
    if (!Number.isInteger(replicas) || replicas < 0)
      throw new Error(
        `Deployment ${keyOf(ref)} cannot be scaled to ${replicas}; give a whole number from 0`,
      );
    const { stored, deployment } = found.wanted;
    found.change(this.#wanted(stored.object, deployment, replicas));
  }

  async setTemplate(ref: WorkloadRef, template: unknown, uid: string): Promise<void> {
    const { stored } = (await this.#found(ref, 'get another template', uid)).wanted;
    const spec = stored.object['spec'] as Readonly<Record<string, unknown>>;
    await this.apply([{ ...stored.object, spec: { ...spec, template } }]);
  }

  async remove(ref: WorkloadRef, uid?: string): Promise<void> {
    if (!this.#deployments.has(keyOf(ref))) return;
    await this.#found(ref, 'be removed', uid);
    this.#deployments.get(keyOf(ref))?.remove();
    this.#deployments.delete(keyOf(ref));
    this.#objects.remove('Deployment', ref.namespace, ref.name);
    this.#changes.announce();
  }

  /** @throws an `Error` where it is not there, or another one of that name */
  #found(ref: WorkloadRef, what: string, uid: string | undefined): Promise<LocalDeployment> {
    const found = this.#deployments.get(keyOf(ref));
    const name = `Deployment ${keyOf(ref)} cannot ${what}`;
    if (!found) return Promise.reject(new Error(`${name}: it is not there; apply it first`));
    const isMeant = uid === undefined || found.wanted.stored.uid === uid;
    if (isMeant) return Promise.resolve(found);
    const other = found.wanted.stored.uid;
    return Promise.reject(
      new Error(`${name}: it was removed and built anew by someone else (uid ${uid} -> ${other})`),
    );
  }

  async *watch(
    selector: Selector,
    signal: AbortSignal,
  ): AsyncGenerator<readonly Workload[], void, undefined> {
    let shown = '';
    while (!signal.aborted) {
      const changed = this.#changes.next(signal);
      const workloads = this.#list(selector);
      const text = JSON.stringify(workloads);
      if (text !== shown) yield workloads;
      shown = text;
      await changed;
    }
  }

  /**
   * Where a Service is reached from this machine, such as `127.0.0.1:41234`.
   *
   * @param port its port, by number or by name
   */
  serviceAddress(namespace: string, name: string, port: number | string): string {
    const listening = this.#services.get(keyOf({ namespace, name }))?.listening(port);
    if (listening === undefined)
      throw new Error(
        `Service ${namespace}/${name} with a port ${port} is not there; apply it first`,
      );
    return `127.0.0.1:${listening}`;
  }

  /** An object that was applied, with its `uid`, `generation` and `creationTimestamp`. */
  read(kind: string, { namespace, name }: WorkloadRef): PlatformObject | undefined {
    const stored = this.#objects.get(kind, namespace, name);
    return stored && withServerMetadata(stored);
  }

  /** The last lines that a pod printed; a pod's log outlives it. */
  logs(namespace: string, pod: string, lines = 100): Promise<readonly string[]> {
    return tailLog(logFile(this.#parts.host, namespace, pod), lines);
  }

  /** Ends every process, within the grace given or the pods' own if that is shorter. */
  stop(graceSeconds = STOP_GRACE_SECONDS): Promise<void> {
    this.#stopping ??= this.#stop(graceSeconds);
    return this.#stopping;
  }

  async #stop(graceSeconds: number): Promise<void> {
    await this.#applying;
    for (const deployment of this.#deployments.values()) deployment.remove();
    this.#deployments.clear();
    await Promise.all([...this.#parts.pods].map((pod) => pod.terminate(graceSeconds)));
    await Promise.all([...this.#services.values()].map((service) => service.close()));
    this.#services.clear();
    await this.#parts.discovery.close();
    this.#changes.announce();
  }

  async #applyAll(objects: readonly PlatformObject[]): Promise<void> {
    if (this.#stopping)
      throw new Error('The embedded platform was stopped and runs nothing more; start another');
    // All are read before the first is run: a fault in one leaves nothing half applied.
    const readings = objects.map((object) => readObject(object, this.#parts.notice));
    for (const [index, reading] of readings.entries()) {
      const object = objects[index]!;
      if (reading?.kind === 'Deployment') this.#applyDeployment(object, reading);
      else if (reading?.kind === 'Service') await this.#applyService(object, reading);
      else if (reading?.kind === 'ConfigMap') this.#applyConfigMap(object, reading);
      else this.#objects.put(object);
    }
    this.#changes.announce();
  }

  #applyDeployment(object: PlatformObject, deployment: DeploymentObject): void {
    const { metadata, spec } = deployment;
    const present = this.#deployments.get(keyOf(metadata));
    const replicas = spec.replicas ?? present?.wanted.deployment.spec.replicas ?? 1;
    const wanted = this.#wanted(object, deployment, replicas);
    if (present) {
      present.change(wanted);
      return;
    }
    const { host, pods: allPods } = this.#parts;
    const changed = () => {
      this.#changes.announce();
    };
    this.#deployments.set(keyOf(metadata), new LocalDeployment(wanted, { host, allPods, changed }));
  }

  async #applyService(object: PlatformObject, service: ServiceObject): Promise<void> {
    const { host, pods: allPods, hostPort } = this.#parts;
    const key = keyOf(service.metadata);
    const present = this.#services.get(key);
    const target = present ?? new LocalService({ allPods, random: host.random, hostPort });
    try {
      await target.change(service);
    } catch (error) {
      if (!present) await target.close();
      throw error;
    }
    this.#services.set(key, target);
    this.#objects.put(object);
  }

  #applyConfigMap(object: PlatformObject, configMap: ConfigMapObject): void {
    const before = this.#parts.configMaps.get(keyOf(configMap.metadata));
    this.#parts.configMaps.set(keyOf(configMap.metadata), configMap);
    const { generation } = this.#objects.put(object);
    if (before && generation > 1)
      this.#parts.notice(
        `changed ${describe(object)} ${generation}`,
        `${describe(object)} has changed; pods that run keep the files they started with`,
      );
  }

  #wanted(
    object: PlatformObject,
    deployment: DeploymentObject,
    replicas: number,
  ): WantedDeployment {
    const spec = object['spec'] as Record<string, unknown>;
    const stored = this.#objects.put({ ...object, spec: { ...spec, replicas } });
    return { stored, deployment: { ...deployment, spec: { ...deployment.spec, replicas } } };
  }

  #list({ namespace, labels, names }: Selector): readonly Workload[] {
    const wanted = Object.entries(labels);
    return [...this.#deployments.values()]
      .map((deployment) => deployment.snapshot())
      .filter(({ ref }) => ref.namespace === namespace && (names?.includes(ref.name) ?? true))
      .filter((workload) => wanted.every(([key, value]) => workload.labels[key] === value))
      .sort((a, b) => (a.ref.name < b.ref.name ? -1 : 1));
  }
}

/** How maps of this platform name an object, such as `default/myapp-svc`. */
export function keyOf({ namespace, name }: WorkloadRef): string {
  return `${namespace}/${name}`;
}
