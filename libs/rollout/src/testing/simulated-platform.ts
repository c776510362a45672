import type {
  Platform,
  PlatformObject,
  Selector,
  Workload,
  WorkloadRef,
} from '../ports/platform.ts';
import { specOf } from '../record/rebuildable.ts';
import { selector } from './objects.ts';
import { SimulatedWorkload, type Health } from './simulated-workload.ts';
import type { TurnedClock } from './turned-clock.ts';

/** A change of what is wanted, as the platform took it. */
export interface Change {
  readonly what: string;
  /** Ready pods that stay, of both sides, before and right after it. */
  readonly ready: readonly [before: number, after: number];
  /** Replicas asked for, of both sides, after it. */
  readonly asked: number;
}

/** How pods fare on the simulated platform. */
export interface Fortune {
  /** Milliseconds from a pod's creation until it is ready. */
  readonly readyMs: number;
  /** Milliseconds from a pod's end of service until it is gone. */
  readonly drainMs: number;
  /** Milliseconds that a call takes. */
  readonly callMs: number;
}

/** A platform in memory: pods become ready after a while, or fail; it can be out of reach. */
export class SimulatedPlatform implements Platform {
  readonly changes: Change[] = [];
  readonly workloads = new Map<string, SimulatedWorkload>();
  /** How the pods of a release fare; well, by default. */
  readonly health = new Map<string, Health>();
  /** Called before every call has its effect; what it throws is what the call rejects with. */
  before: (call: string) => void = () => undefined;
  /** Called when a call has had its effect, before its caller hears of it. */
  after: (call: string) => void = () => undefined;
  readonly fortune: Fortune;
  readonly clock: TurnedClock;
  #watchers = new Set<() => void>();
  #isReachable = true;

  constructor(clock: TurnedClock, fortune: Partial<Fortune> = {}) {
    this.clock = clock;
    this.fortune = { readyMs: 5000, drainMs: 3000, callMs: 10, ...fortune };
  }

  apply(objects: readonly PlatformObject[]): Promise<void> {
    return this.#call(`apply ${objects.map(({ metadata }) => metadata.name).join()}`, () => {
      for (const object of objects) this.edit(object);
    });
  }

  list(): Promise<readonly Workload[]> {
    return this.#call('list', () => this.snapshot());
  }

  scale({ name }: WorkloadRef, replicas: number): Promise<void> {
    return this.#call(`scale ${name} ${replicas}`, () => {
      const workload = this.workloads.get(name);
      if (!workload) throw new Error(`deployment ${name} not found: apply it first`);
      this.#change(`scale ${name} ${replicas}`, () => {
        return workload.want({
          ...workload.object,
          spec: { ...specOf(workload.object), replicas },
        });
      });
    });
  }

  setTemplate({ name }: WorkloadRef, template: unknown): Promise<void> {
    return this.#call(`template ${name}`, () => {
      const workload = this.workloads.get(name);
      if (!workload) throw new Error(`deployment ${name} not found: apply it first`);
      this.#change(`template ${name}`, () => {
        return workload.want({
          ...workload.object,
          spec: { ...specOf(workload.object), template },
        });
      });
    });
  }

  remove({ name }: WorkloadRef): Promise<void> {
    return this.#call(`remove ${name}`, () => {
      this.#change(`remove ${name}`, () => this.delete(name));
    });
  }

  async *watch(_: Selector, signal: AbortSignal): AsyncGenerator<readonly Workload[]> {
    let isNews = true;
    let wake: () => void = () => undefined;
    const notify = () => {
      isNews = true;
      wake();
    };
    this.#watchers.add(notify);
    signal.addEventListener('abort', notify);
    try {
      while (!signal.aborted) {
        this.#check();
        if (isNews) {
          isNews = false;
          yield this.snapshot();
        } else {
          await new Promise<void>((resolve) => (wake = resolve));
        }
      }
    } finally {
      this.#watchers.delete(notify);
      signal.removeEventListener('abort', notify);
    }
  }

  /** Everything there is, as a listing shows it. */
  snapshot(): readonly Workload[] {
    return [...this.workloads.values()].map((workload) => workload.snapshot(selector.namespace));
  }

  /** Makes an object be as given, by whomever. */
  edit(object: PlatformObject): void {
    const { name } = object.metadata;
    this.#change(`apply ${name}`, () => {
      const there = this.workloads.get(name);
      if (there) return there.want(object);
      this.workloads.set(name, new SimulatedWorkload(this, object));
      return true;
    });
  }

  /** Removes a workload, by whomever; false where it is not there. */
  delete(name: string): boolean {
    const workload = this.workloads.get(name);
    workload?.end();
    this.workloads.delete(name);
    this.tell();
    return workload !== undefined;
  }

  /** Nothing answers for so long. */
  outage(ms: number): void {
    this.#isReachable = false;
    this.tell();
    this.clock.after(ms, () => {
      this.#isReachable = true;
    });
  }

  /** Throws while nothing answers. */
  #check(): void {
    if (!this.#isReachable) throw new Error('connect ECONNREFUSED: is the API server up?');
  }

  get isReachable(): boolean {
    return this.#isReachable;
  }

  readyPods(): number {
    return [...this.workloads.values()].reduce((sum, workload) => sum + workload.readyPods(), 0);
  }

  /** Tells every watcher that something has changed. */
  tell(): void {
    for (const notify of this.#watchers) notify();
  }

  async #call<Result>(name: string, effect: () => Result): Promise<Result> {
    await this.clock.sleep(this.fortune.callMs / 2, new AbortController().signal);
    this.#check();
    this.before(name);
    const result = effect();
    this.tell();
    this.after(name);
    await this.clock.sleep(this.fortune.callMs / 2, new AbortController().signal);
    return result;
  }

  /** Writes down what really changed: an idempotent call that changes nothing is not in it. */
  #change(what: string, effect: () => boolean): void {
    const before = this.readyPods();
    if (!effect()) return;
    const asked = [...this.workloads.values()].reduce((sum, { replicas }) => sum + replicas, 0);
    this.changes.push({ what, ready: [before, this.readyPods()], asked });
    this.tell();
  }
}
