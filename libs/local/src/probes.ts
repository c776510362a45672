import type { Clock } from '@canary/rollout';
import { checkProbe, type Failure } from './probe-check.ts';
import { runProbe } from './probe.ts';
import type { ContainerSpec, ProbeSpec } from './pod-schema.ts';

/** What {@link Probes} are told about the process that they look at. */
export interface ProbesOptions {
  readonly spec: Pick<ContainerSpec, 'ports' | 'startupProbe' | 'readinessProbe' | 'livenessProbe'>;
  readonly clock: Clock;
  /** The port of this machine that stands for a container port. */
  readonly hostPort: (containerPort: number) => number | undefined;
  readonly changed: () => void;
  /** Ends the process, which failed its startup or liveness probe. */
  readonly kill: () => void;
}

/**
 * The probes of one process, from its start to its end. The startup probe, where there is one,
 * holds the others back until it succeeds; a process without a readiness probe is ready from then.
 */
export class Probes {
  readonly #options: ProbesOptions;
  readonly #over = new AbortController();
  #ready = false;
  #failure: Failure;
  #killedBecause: string | undefined;

  constructor(options: ProbesOptions) {
    this.#options = options;
    const { startupProbe } = options.spec;
    if (startupProbe) this.#startUp(startupProbe);
    else this.#started();
  }

  get ready(): boolean {
    return this.#ready && !this.#over.signal.aborted;
  }

  /** What the probe that keeps it from being ready saw last. */
  get failure(): Failure {
    return this.#failure;
  }

  /** The failure for which the process was ended, where it was. */
  get killedBecause(): string | undefined {
    return this.#killedBecause;
  }

  stop(): void {
    this.#over.abort();
  }

  #startUp(probe: ProbeSpec): void {
    const startup = new AbortController();
    this.#over.signal.addEventListener('abort', () => {
      startup.abort();
    });
    const onResult = (failure: Failure) => {
      if (failure !== undefined) {
        this.#kill(`Startup probe failed: ${failure}`);
        return;
      }
      startup.abort();
      this.#started();
    };
    this.#run(probe, onResult, startup.signal);
  }

  #started(): void {
    const { livenessProbe, readinessProbe } = this.#options.spec;
    if (livenessProbe) {
      this.#run(livenessProbe, (failure) => {
        if (failure !== undefined) this.#kill(`Liveness probe failed: ${failure}`);
      });
    }
    if (!readinessProbe) this.#become(true, undefined);
    else
      this.#run(readinessProbe, (failure) => {
        this.#become(failure === undefined, failure && `Readiness probe failed: ${failure}`);
      });
  }

  #run(probe: ProbeSpec, onResult: (failure: Failure) => void, signal = this.#over.signal): void {
    const { clock } = this.#options;
    const check = (time: AbortSignal) => checkProbe(probe, (port) => this.#hostPort(port), time);
    void runProbe({ times: probe, check, onResult, clock }, signal);
  }

  #hostPort(wanted: number | string): number | undefined {
    const { spec, hostPort } = this.#options;
    const named = spec.ports.find(({ name }) => name === wanted)?.containerPort;
    const port = typeof wanted === 'number' ? wanted : named;
    return port === undefined ? undefined : hostPort(port);
  }

  #kill(because: string): void {
    this.#killedBecause = because;
    this.stop();
    this.#become(false, because);
    this.#options.kill();
  }

  #become(ready: boolean, failure: Failure): void {
    if (ready === this.#ready && failure === this.#failure) return;
    this.#ready = ready;
    this.#failure = failure;
    this.#options.changed();
  }
}
