import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../record/request.ts';
import { CANARY } from '../testing/objects.ts';
import { World } from '../testing/world.ts';

/** Thrown in place of an effect that a killed driver does not have any more. */
class Killed extends Error {}

interface Ended {
  readonly outcome: string | undefined;
  readonly reason: string;
  readonly split: string;
  readonly changed: readonly string[];
  /** Saves and actions, each with the moment before it and the moment after. */
  readonly moments: number;
  /** Looks that the judge's saved sums are made of, and looks that the record counts. */
  readonly looks: readonly [judged: number, counted: number];
}

/** Runs a release whose driver is killed at the moments given, each time to be started again. */
async function release(scenario: Scenario, killedAt: readonly number[]): Promise<Ended> {
  const world = new World(scenario.wish);
  scenario.prepare?.(world);
  await world.begin();
  let moments = 0;
  let driver = world.drive();
  let drivers = 1;
  let isKilled = false;
  const moment = () => {
    moments++;
    if (!killedAt.includes(moments)) return false;
    driver.kill();
    isKilled = true;
    return true;
  };
  const before = () => {
    if (moment()) throw new Killed();
  };
  world.store.before = (access) => {
    if (access === 'save') before();
  };
  world.store.after = moment;
  world.platform.before = before;
  world.platform.after = moment;

  const { command } = scenario;
  if (command) {
    world.clock.after(command.afterMs, () => {
      void uncounted(world, () => world.command(command.command));
    });
  }
  for (;;) {
    const life = { isDone: false };
    void driver.done.then(() => (life.isDone = true));
    await world.clock.when(() => life.isDone || isKilled);
    if (life.isDone) break;
    isKilled = false;
    driver = world.drive({ holder: `ana@laptop:${++drivers}`, whenHeld: 'take over' });
  }
  const { outcome, reason, judge, observation } = await world.stored();
  const { looks } = (judge ?? { looks: 0 }) as { looks: number };
  return {
    outcome,
    reason,
    split: world.split(),
    changed: world.changed(),
    moments,
    looks: [looks, observation.number],
  };
}

/** What is not the driver's own doing is no moment of its life. */
async function uncounted(world: World, doing: () => Promise<void>): Promise<void> {
  const { before, after } = world.store;
  Object.assign(world.store, { before: () => undefined, after: () => undefined });
  await doing();
  Object.assign(world.store, { before, after });
}

interface Scenario {
  readonly name: string;
  readonly wish: ConstructorParameters<typeof World>[0];
  readonly prepare?: (world: World) => void;
  readonly command?: { readonly afterMs: number; readonly command: Command };
}

/** Whichever look says it. */
const AGAINST = { verdict: 'roll back', reason: '2 fails' } as const;

const scenarios: readonly Scenario[] = [
  { name: "the article's release", wish: {} },
  { name: 'a surge of one', wish: { stableReplicas: 3, weights: [30, 60], maxSurge: 1 } },
  {
    name: 'a verdict against it',
    wish: { canaryReplicas: [1, 2] },
    prepare: (world) => {
      world.script = () => (world.split() === '4 + 2' ? AGAINST : 'promote');
    },
  },
  {
    name: 'a verdict against it at full size',
    wish: {},
    prepare: (world) => {
      world.script = () => (world.split() === '4 + 4' ? AGAINST : 'promote');
    },
  },
  {
    name: 'a verdict against it while a person is asked',
    wish: { confirm: true },
    prepare: (world) => {
      world.script = (looks) => (looks >= 7 ? AGAINST : 'promote');
    },
  },
  {
    name: 'an image that cannot be pulled',
    wish: {},
    prepare: (world) => world.platform.health.set('2', { reason: 'ImagePullBackOff' }),
  },
  {
    name: 'an abort while the canary takes over',
    wish: { weights: [50], stableReplicas: 4, maxSurge: 2 },
    command: { afterMs: 12_000, command: 'abort' },
  },
];

/** Which look promotes: the last one, or the one before where another was under way by then. */
function oneOfTheLastLooks({ looks: [, counted] }: Ended): unknown {
  return expect.stringMatching(`^look (${counted - 1}|${counted}) says promote$`);
}

describe('a driver that is killed and started again', () => {
  it.each(scenarios)('$name: at every save and every action', async (scenario) => {
    const calm = await release(scenario, []);
    expect(calm.outcome).toBeDefined();
    expect(calm.changed).toContain(`apply ${CANARY}`);
    for (let at = 1; at <= calm.moments; at++) {
      const ended = await release(scenario, [at]);
      expect({ at, ...ended, moments: 0 }).toEqual({
        at,
        ...calm,
        reason: calm.outcome === 'promoted' ? oneOfTheLastLooks(ended) : calm.reason,
        looks: [ended.looks[1], ended.looks[1]],
        moments: 0,
      });
    }
  });

  it('at any moments of several lives', async () => {
    const calm = new Map<Scenario, Ended>();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...scenarios),
        fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 8 }),
        async (scenario, killedAt) => {
          const expected = calm.get(scenario) ?? (await release(scenario, []));
          calm.set(scenario, expected);
          const { outcome, split, changed } = await release(scenario, killedAt);
          expect({ outcome, split, changed }).toEqual({
            outcome: expected.outcome,
            split: expected.split,
            changed: expected.changed,
          });
        },
      ),
      { numRuns: 150 },
    );
  });
});
