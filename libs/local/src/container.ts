import { Backoff } from './backoff.ts';
import type { Child, Exit } from './child.ts';
import { type Clock, messageOf } from '@canary/rollout';
import { remedy } from './image-commands.ts';
import type { ContainerContext, ImageRunner } from './images.ts';
import { MissingConfigError } from './pod-environment.ts';
import { tailLog } from './pod-log.ts';
import type { ContainerSpec } from './pod-schema.ts';
import { Probes } from './probes.ts';
import { startContainer } from './start-container.ts';

/** What a container is doing, in the words of Kubernetes. */
export type ContainerState =
  | { readonly kind: 'waiting'; readonly reason: string; readonly message: string | undefined }
  | { readonly kind: 'running' }
  | { readonly kind: 'terminated'; readonly reason: string; readonly message: string };

/** What a {@link Container} is given by its pod. */
export interface ContainerOptions {
  readonly spec: ContainerSpec;
  readonly images: readonly ImageRunner[];
  readonly clock: Clock;
  readonly logFile: string;
  /** Seconds between the request to end and the kill, where a probe asks for it. */
  readonly graceSeconds: number;
  /** Made anew for every start: a port may have to move, a ConfigMap may have come. */
  readonly context: () => Promise<ContainerContext>;
  readonly changed: () => void;
}

const RETRY_MS = 1000;

/** Runs one container: starts its process, probes it, starts it again when it ends, ends it. */
export class Container {
  readonly #options: ContainerOptions;
  readonly #leaving = new AbortController();
  readonly #backoff = new Backoff();
  #state: ContainerState = { kind: 'waiting', reason: 'ContainerCreating', message: undefined };
  #child: Child | undefined;
  #asked: Child | undefined;
  #probes: Probes | undefined;
  #starts = 0;
  #life: Promise<void> = Promise.resolve();

  constructor(options: ContainerOptions) {
    this.#options = options;
  }

  get spec(): ContainerSpec {
    return this.#options.spec;
  }

  get state(): ContainerState {
    return this.#state;
  }

  get restarts(): number {
    return Math.max(0, this.#starts - 1);
  }

  /** Whether its process was started at least once. */
  get started(): boolean {
    return this.#starts > 0;
  }

  get ready(): boolean {
    return this.#state.kind === 'running' && this.#probes?.ready === true;
  }

  /** Why it is running and yet not ready. */
  get probeFailure(): string | undefined {
    return this.#probes?.failure;
  }

  start(): void {
    this.#life = this.#live();
  }

  /** Ends the process, once its `preStop` is over: asks it to, and kills it after the grace. */
  async stop(graceSeconds: number): Promise<void> {
    this.#leaving.abort();
    const preStop = Math.min(this.spec.lifecycle?.preStop?.sleep?.seconds ?? 0, graceSeconds);
    if (this.#child && preStop > 0) await this.#waitForEnd(this.#child, preStop);
    await this.#end(graceSeconds - preStop);
    await this.#life;
  }

  async #live(): Promise<void> {
    while (!this.#leaving.signal.aborted) {
      try {
        const runner = await this.#findRunner();
        if (runner) await this.#runOnce(runner);
      } catch (error) {
        this.#become({ kind: 'waiting', ...startFault(error) });
        await this.#sleep(RETRY_MS);
      }
    }
  }

  /** The runner of the image; where there is none, waits until there is, or the pod leaves. */
  async #findRunner(): Promise<ImageRunner | undefined> {
    const { image } = this.spec;
    const message = `nothing on the embedded platform runs the image "${image}": ${remedy(image)}`;
    for (let tries = 1; ; tries++) {
      const found = this.#options.images.find((runner) => runner.matches(image));
      if (found || this.#leaving.signal.aborted) return found;
      const reason = tries === 1 ? 'ErrImagePull' : 'ImagePullBackOff';
      if (tries <= 2) this.#become({ kind: 'waiting', reason, message });
      await this.#sleep(RETRY_MS);
    }
  }

  async #runOnce(runner: ImageRunner): Promise<void> {
    const { clock, logFile } = this.#options;
    const context = await this.#options.context();
    const child = await startContainer(runner, context, logFile);
    const began = clock.now();
    this.#child = child;
    this.#starts++;
    this.#probes = this.#probe(child, context);
    this.#become({ kind: 'running' });
    if (this.#leaving.signal.aborted) child.kill();
    const exit = await child.exited;
    this.#probes.stop();
    this.#child = undefined;
    const reason = exit.code === 0 ? 'Completed' : 'Error';
    const message = await this.#describeExit(exit);
    this.#become({ kind: 'terminated', reason, message });
    if (this.#leaving.signal.aborted) return;
    const wait = this.#backoff.next(clock.now() - began);
    if (wait === 0) return;
    const backoff = `back-off ${wait / 1000}s restarting container ${this.spec.name}: ${message}`;
    this.#become({ kind: 'waiting', reason: 'CrashLoopBackOff', message: backoff });
    await this.#sleep(wait);
  }

  #probe(child: Child, { ports }: ContainerContext): Probes {
    const { spec, clock, changed, graceSeconds } = this.#options;
    const hostPort = (port: number) => ports.get(port);
    const kill = () => {
      if (child === this.#child) void this.#end(graceSeconds);
    };
    return new Probes({ spec, clock, hostPort, changed, kill });
  }

  async #end(graceSeconds: number): Promise<void> {
    const child = this.#child;
    if (!child) return;
    if (this.#asked !== child) child.terminate();
    this.#asked = child;
    await this.#waitForEnd(child, graceSeconds);
    child.kill();
    await child.exited;
  }

  async #waitForEnd(child: Child, seconds: number): Promise<void> {
    const ended = new AbortController();
    void child.exited.then(() => {
      ended.abort();
    });
    await this.#options.clock.sleep(seconds * 1000, ended.signal);
  }

  async #describeExit({ code, signal, error }: Exit): Promise<string> {
    const why = error?.message ?? (signal ? `killed by ${signal}` : `exit code ${code ?? '?'}`);
    const [last = ''] = await tailLog(this.#options.logFile, 1);
    const said = last && `its log ends with: ${last}`;
    return [why, this.#probes?.killedBecause, said].filter(Boolean).join('; ');
  }

  #become(state: ContainerState): void {
    this.#state = state;
    this.#options.changed();
  }

  #sleep(milliseconds: number): Promise<void> {
    return this.#options.clock.sleep(milliseconds, this.#leaving.signal);
  }
}

function startFault(error: unknown): { reason: string; message: string } {
  const message = messageOf(error);
  const missing = error instanceof MissingConfigError;
  return { reason: missing ? 'CreateContainerConfigError' : 'CreateContainerError', message };
}
