import { describe, expect, it, onTestFinished } from 'vitest';
import { MemoryStore } from '../testing/memory-store.ts';
import { TurnedClock } from '../testing/turned-clock.ts';
import { changesOf, type ChangesOptions } from './changes-of.ts';

/** The times, in milliseconds from now on, at which it was time to look. */
function timesToLook(store: Partial<MemoryStore>, options: Partial<ChangesOptions> = {}) {
  const clock = new TurnedClock(0);
  const ending = new AbortController();
  const times: number[] = [];
  const over = (async () => {
    const how = { clock, everyMs: 200, signal: ending.signal, ...options };
    for await (const at of changesOf(store, 'rollout', how)) times.push(at);
  })();
  onTestFinished(() => {
    ending.abort();
    return over;
  });
  return { clock, ending, times, over };
}

describe('changes of what is stored', () => {
  it('are looked for every so often where the store cannot tell', async () => {
    const { clock, times } = timesToLook({});
    await clock.pass(500);
    expect(times).toEqual([0, 200, 400]);
  });

  it('are looked for every so often where it may not be watched, and told once it may', async () => {
    const store = new MemoryStore();
    store.isWatched = false;
    const { clock, times } = timesToLook(store, { everyMs: 10_000 });
    await clock.pass(25_000);
    // The refusal itself may be what has changed.
    expect(times).toEqual([0, 0, 10_000, 20_000]);
    store.isWatched = true;
    await clock.pass(6000);
    times.length = 0;
    await store.save('rollout', 1, undefined);
    await clock.pass(1);
    expect(times).toEqual([31_000]);
  });

  it('are told at once, and hardly looked for meanwhile', async () => {
    const store = new MemoryStore();
    const { clock, times } = timesToLook(store);
    await clock.pass(5000);
    expect(times).toEqual([0, 0]);
    await store.save('other', 1, undefined);
    await store.save('rollout', 1, undefined);
    await clock.pass(1);
    expect(times).toEqual([0, 0, 5000]);
    await clock.pass(20_000);
    expect(times).toEqual([0, 0, 5000, 15_000, 25_000]);
  });

  it('are looked for as before where the watch breaks', async () => {
    const breaking = {
      watch: async function* () {
        yield;
        await clock.sleep(1000, new AbortController().signal);
        throw new Error('the watch broke');
      },
    };
    const { clock, times } = timesToLook(breaking);
    await clock.pass(1500);
    expect(times).toEqual([0, 0, 1000, 1200, 1400]);
  });

  it('end at the time given, and when they are no longer wanted', async () => {
    const { clock, times, over } = timesToLook(new MemoryStore(), { until: 700 });
    await clock.until(over, 10_000);
    expect([times, clock.now()]).toEqual([[0, 0, 700], 700]);
    const { ending, over: left } = timesToLook(new MemoryStore());
    ending.abort();
    await left;
  });
});
