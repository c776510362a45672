import { setTimeout as sleep } from 'node:timers/promises';
import { APP_NAME } from '@canary/manifests';
import type { Observer, Target } from '@canary/rollout';
import type { DemoEvent, Phase, Split } from './events.ts';
import type { DemoSite, DemoLoad } from './demo-site.ts';

const SHOW_EVERY_MS = 200;
const LOOK_EVERY_MS = 1000;

/** Tells what goes on: phases with their times, remarks, and how things are a few times a second. */
export class Narrator {
  readonly phases: { phase: Phase; seconds: number }[] = [];
  /** Set once there is a load. */
  load: DemoLoad | undefined;
  /** Set once targets can be looked at. */
  observer: Observer | undefined;
  /** How the traffic is shared; undefined until there is a canary. */
  split: () => Split | undefined = () => undefined;
  targets: readonly Target[] = [];
  readonly #site: DemoSite;
  readonly #tell: (event: DemoEvent) => void;
  readonly #ending = new AbortController();
  readonly #showing: Promise<unknown>;

  constructor(site: DemoSite, tell: (event: DemoEvent) => void) {
    this.#site = site;
    this.#tell = tell;
    this.#showing = Promise.all([
      this.#every(SHOW_EVERY_MS, () => this.#show()),
      this.#every(LOOK_EVERY_MS, () => this.#look()),
    ]);
  }

  /** Carries out a phase and keeps how long it took. */
  async phase<Result>(phase: Phase, title: string, work: () => Promise<Result>): Promise<Result> {
    this.#tell({ kind: 'phase', phase, title });
    const start = performance.now();
    const result = await work();
    this.phases.push({ phase, seconds: (performance.now() - start) / 1000 });
    return result;
  }

  say(text: string): void {
    this.#tell({ kind: 'said', text });
  }

  /** Says no more. */
  async end(): Promise<void> {
    this.#ending.abort();
    await this.#showing;
  }

  async #show(): Promise<void> {
    const selector = { namespace: this.#site.parameters.namespace, labels: { appname: APP_NAME } };
    const workloads = await this.#site.platform.list(selector);
    if (this.#ending.signal.aborted) return;
    const traffic = this.load?.report();
    this.#tell({
      kind: 'now',
      snapshot: { workloads, targets: this.targets, traffic, split: this.split() },
    });
  }

  async #look(): Promise<void> {
    const look = await this.observer?.look(this.#ending.signal);
    if (look) this.targets = look.targets;
  }

  /** What cannot be seen this time is seen the next: showing must never end the release. */
  async #every(ms: number, work: () => Promise<void>): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      await work().catch(() => undefined);
      await sleep(ms, undefined, { signal }).catch(() => undefined);
    }
  }
}
