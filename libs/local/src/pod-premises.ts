import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { logFile, NODE_NAME, type Host } from './host.ts';
import type { ContainerContext } from './images.ts';
import { expand, podEnvironment } from './pod-environment.ts';
import { listenedPorts, PodPorts } from './pod-ports.ts';
import type { ContainerSpec } from './pod-schema.ts';
import type { PodTemplate } from './schema.ts';
import { mountsOf, writeVolumes } from './volumes.ts';

/** Who a pod is. */
export interface PodIdentity {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  /** The ReplicaSet that it would belong to on a cluster: its Deployment at one template. */
  readonly replicaSet: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What one pod holds on its host: a directory with its volumes, a log file, ports. */
export class PodPremises {
  readonly logFile: string;
  readonly #identity: PodIdentity;
  readonly #template: PodTemplate;
  readonly #host: Host;
  readonly #directory: string;
  readonly #ports: PodPorts;
  #volumes: ReadonlyMap<string, string> | undefined;

  constructor(identity: PodIdentity, template: PodTemplate, host: Host) {
    this.logFile = logFile(host, identity.namespace, identity.name);
    this.#identity = identity;
    this.#template = template;
    this.#host = host;
    this.#directory = join(host.directory, 'pods', identity.uid);
    this.#ports = new PodPorts(host.ports);
  }

  /** Container port -> port of this machine. */
  get ports(): ReadonlyMap<number, number> {
    return this.#ports.map;
  }

  /** Leaves nothing behind but the log; a directory that cannot be removed is not worth a failure. */
  async clear(): Promise<void> {
    this.#ports.release();
    await rm(this.#directory, { recursive: true, force: true }).catch(() => undefined);
  }

  /**
   * What the next process of a container is started with. Volumes are written once for the pod.
   *
   * @throws `MissingConfigError` where a ConfigMap is not there
   */
  async context(spec: ContainerSpec): Promise<ContainerContext> {
    const { name, namespace } = this.#identity;
    const { annotations } = this.#template.metadata;
    await mkdir(dirname(this.logFile), { recursive: true });
    await mkdir(this.#directory, { recursive: true });
    const configMap = (wanted: string) => this.#host.configMap(namespace, wanted);
    const directory = join(this.#directory, 'volumes');
    const fields = { ...this.#identity, annotations, node: NODE_NAME, configMap };
    const env = podEnvironment(spec, fields);
    const { volumes } = this.#template.spec;
    this.#volumes ??= await writeVolumes(volumes, { namespace, directory, configMap });
    const listened = [...listenedPorts(spec, annotations)];
    await this.#ports.provide(listened);
    return {
      image: spec.image,
      namespace,
      pod: name,
      container: spec.name,
      env,
      command: spec.command.map((word) => expand(word, env)),
      args: spec.args.map((word) => expand(word, env)),
      ports: this.#ports.map,
      listened,
      mounts: mountsOf(spec, this.#volumes),
      directory: this.#directory,
      discoveryUrl: this.#host.discoveryUrl,
    };
  }
}
