import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployment } from '@canary/rollout/contract/objects';
import { expect, it, onTestFinished } from 'vitest';
import { startServedPlatform } from '../testing/served-platform.ts';
import { remoteLocalPlatform } from './remote-platform.ts';
import { servePlatform } from './serve-platform.ts';
import type { HostEvent } from './wire.ts';

const everything = { namespace: 'default', labels: {} };
const nobody = { namespace: 'default', name: 'nobody' };
const forever = new AbortController().signal;

async function served(onEvent?: (event: HostEvent) => void) {
  const test = await startServedPlatform(onEvent ? { onEvent } : {});
  onTestFinished(() => test.close());
  return test;
}

it('says where nobody holds a platform how to start one', async () => {
  const stateDirectory = await mkdtemp(join(tmpdir(), 'canary-nobody-'));
  onTestFinished(() => rm(stateDirectory, { recursive: true }));
  const remote = remoteLocalPlatform({ stateDirectory });
  const message = `no embedded platform runs with the state folder ${stateDirectory}: start one with canary up --state ${stateDirectory}`;
  await expect(remote.list(everything)).rejects.toThrow(message);
  await expect(remote.apply([])).rejects.toThrow(message);
  await expect(remote.watch(everything, forever)[Symbol.asyncIterator]().next()).rejects.toThrow(
    message,
  );
});

it('ends a watch with an error when its host ends, and watches again the next one', async () => {
  const first = await served();
  const watching = first.remote.watch(everything, forever)[Symbol.asyncIterator]();
  expect((await watching.next()).value).toEqual([]);
  await first.leave();
  await expect(watching.next()).rejects.toThrow(
    `the embedded platform with the state folder ${first.directory} has ended (asked to watch): start it again with canary up --state ${first.directory}`,
  );
  await expect(first.remote.scale(nobody, 1)).rejects.toThrow('no embedded platform runs');

  const { platform, directory: stateDirectory, remote } = first;
  const again = await servePlatform({ platform, stateDirectory });
  const anew = remote.watch(everything, forever)[Symbol.asyncIterator]();
  expect((await anew.next()).value).toEqual([]);
  await again.close();
});

it('takes a watch that just ends for one whose host has ended', async () => {
  const { remote, platform } = await served();
  platform.watch = async function* () {
    yield await Promise.resolve([]);
  };
  const watching = remote.watch(everything, forever)[Symbol.asyncIterator]();
  await watching.next();
  await expect(watching.next()).rejects.toThrow('has ended (asked to watch)');
});

it('gives a call that its host leaves unanswered an error', async () => {
  const { remote, platform, leave } = await served();
  let asked: () => void;
  const begun = new Promise<void>((resolve) => (asked = resolve));
  platform.list = () => {
    asked();
    return new Promise(() => undefined);
  };
  const listing = remote.list(everything);
  const outcome = expect(listing).rejects.toThrow('has ended (asked to list)');
  await begun;
  await leave();
  await outcome;
});

it('ends a watch without a word when it is aborted, before its first line and after', async () => {
  const { remote } = await served();
  const early = remote.watch(everything, AbortSignal.abort())[Symbol.asyncIterator]();
  expect(await early.next()).toEqual({ done: true, value: undefined });
  const stop = new AbortController();
  const watching = remote.watch(everything, stop.signal)[Symbol.asyncIterator]();
  await watching.next();
  const next = watching.next();
  stop.abort();
  expect(await next).toEqual({ done: true, value: undefined });
});

it('lets the host forget a watch that is left', async () => {
  const { remote, platform } = await served();
  const signals: AbortSignal[] = [];
  const watch = platform.watch.bind(platform);
  platform.watch = (selector, signal) => {
    signals.push(signal);
    return watch(selector, signal);
  };
  for await (const workloads of remote.watch(everything, forever)) {
    expect(workloads).toEqual([]);
    break;
  }
  await expect.poll(() => signals.map(({ aborted }) => aborted)).toEqual([true]);
});

it('carries errors over with their names and messages, in calls and watches', async () => {
  const { remote, platform } = await served();
  await expect(remote.scale(nobody, 3)).rejects.toThrow(
    'Deployment default/nobody cannot be scaled to 3: it is not there; apply it first',
  );
  const fault = Object.assign(new Error('out of order'), { name: 'FaultError' });
  platform.list = () => Promise.reject(fault);
  platform.watch = async function* () {
    yield [];
    await Promise.reject(fault);
  };
  const expected = { name: 'FaultError', message: 'out of order' };
  await expect(remote.list(everything)).rejects.toMatchObject(expected);
  const watching = remote.watch(everything, forever)[Symbol.asyncIterator]();
  await watching.next();
  await expect(watching.next()).rejects.toMatchObject(expected);
});

it('does nothing that was asked so long ago that nobody waits for it', async () => {
  const { remote, directory } = await served();
  const late = remoteLocalPlatform({ stateDirectory: directory, patience: -1 });
  await expect(late.apply([deployment({ name: 'late' })])).rejects.toThrow('asked too late');
  expect(await remote.list(everything)).toEqual([]);
});

it('tells its host what happened, and who the host is', async () => {
  const told: HostEvent[] = [];
  const { remote } = await served((event) => told.push(event));
  const event: HostEvent = {
    about: nobody,
    type: 'Warning',
    reason: 'CanaryRolledBack',
    message: 'rolled back: 好',
  };
  await remote.recordEvent(event);
  expect(told).toEqual([event]);
  expect(await remote.info()).toMatchObject({ pid: process.pid });
});

it('tells its host which commands stand for images, where that one takes them', async () => {
  const { remote: deaf } = await served();
  const commands = [{ image: 'shop:2', argv: ['node', 'app2.mjs'], cwd: '/work/shop' }];
  await expect(deaf.run(commands)).rejects.toThrow('takes no commands for images');
  const told: unknown[] = [];
  const test = await startServedPlatform({ onRuns: (all) => told.push(...all) });
  onTestFinished(() => test.close());
  await test.remote.run(commands);
  expect(told).toEqual(commands);
});
