import { drive, type DriveOptions } from '../engine/drive.ts';
import { requestCommand } from '../engine/request-command.ts';
import { startRollout } from '../engine/start.ts';
import { planRelease } from '../plan/plan-release.ts';
import type { Plan } from '../plan/plan.ts';
import type { ReleaseWish } from '../strategies/wish.ts';
import type { RolloutRecord } from '../record/record.ts';
import { newRollout } from '../record/new-rollout.ts';
import { specOf } from '../record/rebuildable.ts';
import type { Command } from '../record/request.ts';
import { MemoryStore } from './memory-store.ts';
import { MemoryLock } from './memory-lock.ts';
import { mortal } from './mortal.ts';
import { CANARY, deployment, selector, STABLE } from './objects.ts';
import { ScriptedJudge } from './scripted-judge.ts';
import { SimulatedPlatform, type Fortune } from './simulated-platform.ts';
import { TurnedClock } from './turned-clock.ts';

/** A driver that can be killed, as by SIGKILL: from then on nothing of it has an effect. */
export interface TestDriver {
  readonly done: Promise<RolloutRecord>;
  readonly judge: ScriptedJudge;
  kill(): void;
}

/** A world in which a rollout waits for a driver. */
export async function begun(...args: ConstructorParameters<typeof World>): Promise<World> {
  const world = new World(...args);
  await world.begin();
  return world;
}

/** A simulated cluster with a stable release on it, a store and a clock. */
export class World {
  readonly clock = new TurnedClock();
  readonly store = new MemoryStore();
  readonly lock = new MemoryLock(this.clock);
  readonly platform: SimulatedPlatform;
  readonly plan: Plan;
  /** What the judge says at each look. */
  script: ConstructorParameters<typeof ScriptedJudge>[0] = () => 'promote';

  constructor(wish: Partial<ReleaseWish> = {}, fortune: Partial<Fortune> = {}) {
    const how = (wish.weights ?? wish.stages) ? {} : { canaryReplicas: [1] };
    const defaults = { stableReplicas: 4, observe: OBSERVE, bakeSeconds: BAKE_SECONDS };
    this.plan = planRelease({ ...defaults, ...how, ...wish }).plan;
    this.platform = new SimulatedPlatform(this.clock, fortune);
  }

  get isInPlace(): boolean {
    return this.plan.stages.some(({ set }) => set.template !== undefined);
  }

  /** Brings the stable release up and stores a rollout of v2. */
  async begin(): Promise<void> {
    this.platform.edit(deployment('1', this.plan.stableReplicas));
    await this.clock.when(() => this.platform.readyPods() === this.plan.stableReplicas);
    this.platform.changes.length = 0;
    await startRollout(this.store, KEY, this.record());
  }

  record(): RolloutRecord {
    return newRollout({
      id: 'r1',
      app: 'myapp',
      selector,
      plan: this.plan,
      workloads: this.platform.snapshot(),
      stable: STABLE,
      canary: deployment('2', 1),
      ...(this.isInPlace ? { template: specOf(deployment('2', 1))['template'] } : {}),
      now: this.clock.now(),
    });
  }

  drive(options: Partial<DriveOptions> = {}): TestDriver {
    const { clock, platform, store } = this;
    const judge = new ScriptedJudge((looks) => this.script(looks));
    const life = { isOver: false };
    const stop = new AbortController();
    const { holder = 'ana@laptop:1' } = options;
    const done = drive({
      platform: mortal(platform, life),
      store: mortal(store, life),
      clock: mortal(clock, life),
      judge,
      key: KEY,
      holder,
      lock: mortal(this.lock.for(holder), life),
      signal: stop.signal,
      ...options,
    });
    // A driver that is killed tells nobody.
    done.catch(() => undefined);
    return {
      done,
      judge,
      kill: () => {
        life.isOver = true;
      },
    };
  }

  /** Drives to an end. */
  async run(options: Partial<DriveOptions> = {}): Promise<RolloutRecord> {
    return this.clock.until(this.drive(options).done, 7_200_000);
  }

  async command(command: Command, reason = 'as told'): Promise<void> {
    const { store, clock } = this;
    await requestCommand({ store, clock, key: KEY, command, reason, by: 'eve' });
  }

  async stored(): Promise<RolloutRecord> {
    return (await this.store.load<RolloutRecord>(KEY))!.value;
  }

  /** Replicas of both sides, such as `4 + 1`; a dash for a workload that is not there. */
  split(): string {
    return [STABLE, CANARY]
      .map((name) => this.platform.workloads.get(name)?.replicas ?? '-')
      .join(' + ');
  }

  /** Everything that really changed on the platform. */
  changed(): readonly string[] {
    return this.platform.changes.map(({ what }) => what);
  }
}

export const KEY = 'rollout-myapp';
const BAKE_SECONDS = 30;
const OBSERVE = { until: 'verdict', soakSeconds: 20, limitSeconds: 120 } as const;
