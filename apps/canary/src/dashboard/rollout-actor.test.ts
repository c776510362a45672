import { startRollout, type RolloutRecord } from '@canary/rollout';
import { describe, expect, it } from 'vitest';
import type { Io } from '../command.ts';
import { fakeSite, UNNAMED } from '../testing/fake-site.ts';
import { startedRecord } from '../testing/objects.ts';
import { rolloutActor } from './rollout-actor.ts';

async function acting(change: Partial<RolloutRecord>) {
  const site = fakeSite(4);
  const said: string[] = [];
  const ending = new AbortController();
  const io: Io = {
    ...{ env: {}, terminal: undefined, signal: ending.signal },
    out: (line) => said.push(line),
    err: (line) => said.push(line),
    input: () => Promise.resolve(''),
    connect: () => Promise.resolve(site),
  };
  const selector = { namespace: 'canary', labels: { appname: 'myapp' } };
  await startRollout(site.store, 'myapp', startedRecord(change));
  const actor = rolloutActor(io, {
    ...{ site, app: 'myapp', selector },
    target: undefined,
    names: UNNAMED,
  });
  const stored = async () => (await site.store.load<RolloutRecord>('myapp'))!.value;
  return { site, said, ending, actor, stored };
}

const driver = () => ({ holder: 'eve@desk:1', heartbeatAt: Date.now(), leaseMs: 15_000 });

describe('what is asked for on the page', () => {
  it('is left for whoever drives the release, with its reason', async () => {
    const { actor, site, stored } = await acting({ driver: driver() });
    const acted = actor.act('abort', 'the shop is slow');
    await expect.poll(async () => (await stored()).requests.length).toBe(1);
    const { requests } = await stored();
    expect(requests[0]).toMatchObject({
      ...{ command: 'abort', reason: 'the shop is slow', by: `${site.user} on the page` },
    });
    // The driver takes it in, and refuses.
    const { value, version } = (await site.store.load<RolloutRecord>('myapp'))!;
    const entry = {
      at: 0,
      what: 'abort',
      why: 'so',
      refusal: 'it has ended',
      figures: { request: 1 },
    };
    await site.store.save('myapp', { ...value, requests: [], history: [entry] }, version);
    expect(await acted).toEqual({ taken: true, refusal: 'cannot abort: it has ended' });
  });

  it('waits for a driver where it is a pause and nobody drives', async () => {
    const { actor } = await acting({});
    expect(await actor.act('pause', 'lunch')).toMatchObject({
      taken: false,
      note: 'nobody drives the release: it counts as soon as somebody does',
    });
  });

  it('is carried out by this process where nobody drives', async () => {
    const { actor, stored, said } = await acting({});
    expect(await actor.act('abort', 'never mind')).toEqual({ taken: true });
    await actor.driving();
    expect((await stored()).outcome).toBe('aborted');
    expect(said).toContain('canary: abort was asked for on the page: never mind');
  });
});
