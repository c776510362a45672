import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { bundle, canary, type Finished } from './canary.ts';
import { processesWith } from './processes.ts';

/** What `canary up -o json` tells, as far as it is looked at here. */
interface Told {
  readonly kind: string;
  readonly app?: string;
  readonly reason?: string;
  readonly about?: { readonly name: string };
  readonly traffic?: {
    readonly sent: number;
    readonly answered: number;
    readonly failed: number;
    readonly networkErrors: Readonly<Record<string, number>>;
    readonly versions: Readonly<Record<string, { readonly requests: number }>>;
  };
}

/** What `canary status -o json` tells, as far as it is looked at here. */
interface Status {
  readonly rollout?: {
    readonly waitsFor?: string;
    readonly outcome?: string;
  };
  readonly workloads: readonly {
    readonly release: string;
    readonly replicas: number;
    readonly readyReplicas: number;
  }[];
}

const REPLICAS = 2;
const RPS = 100;

test.describe('canary up', () => {
  let folder: string;
  let state: string;
  /** Whatever is still running when a test ends. */
  let started: ReturnType<typeof canary>[];
  test.beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'canary-up-'));
    state = join(folder, '.canary');
    started = [];
  });
  test.afterEach(async () => {
    for (const { child } of started) child.kill('SIGKILL');
    await Promise.all(started.map(({ finished }) => finished));
    await rm(folder, { recursive: true, force: true });
  });

  const begin = (...args: string[]) => {
    const command = canary([...args, '--state', state], { CANARY_ON: 'local' });
    started.push(command);
    return command;
  };
  const run = (...args: string[]): Promise<Finished> => begin(...args).finished;
  const good = async (...args: string[]): Promise<string> => {
    const { out, err, code } = await run(...args);
    expect({ code, err }, args.join(' ')).toEqual({ code: 0, err: '' });
    return out;
  };
  const refused = async (why: string, ...args: string[]) => {
    const { err, code } = await run(...args);
    expect(err).toContain(why);
    expect(code).toBe(1);
  };
  const status = async () => JSON.parse(await good('status', '-o', 'json')) as Status;
  const waitsFor = async () => (await status()).rollout?.waitsFor;
  const releases = async () =>
    (await status()).workloads.map((w) => [w.release, w.replicas, w.readyReplicas]);
  const up = async (...args: string[]) => {
    const command = begin('up', '--replicas', `${REPLICAS}`, '-o', 'json', ...args);
    const told = () =>
      command
        .written()
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Told);
    const kinds = () => told().map(({ kind }) => kind);
    await expect
      .poll(kinds, { message: 'canary up is up', timeout: 20_000, intervals: [100] })
      .toContain('up');
    return { ...command, told };
  };

  test('holds a platform for the whole life of releases, and loses no request', async () => {
    const host = await up('--rps', `${RPS}`);
    // Each with the watcher that ends it with its host.
    expect(processesWith(bundle)).toHaveLength(2 * REPLICAS);
    expect(await good('plan')).toContain('myapp-deploy-v1.0 in namespace canary (release 1.0.0)');

    await test.step('a release that is paused, resumed and aborted', async () => {
      const driver = begin('start', '--to', '2.0.0', '--observe', '1h');
      await expect
        .poll(waitsFor, { message: 'observes', timeout: 20_000 })
        .toMatch(/^(1 h|59 min).* more of observation/);
      expect(await releases()).toEqual([
        ['1.0.0', REPLICAS, REPLICAS],
        ['2.0.0', 1, 1],
      ]);
      await refused('is not at its end', 'start', '--to', '3.0.0');
      await good('pause', 'lunch');
      expect(await waitsFor()).toMatch(/^canary resume: paused by .*, lunch$/);
      await good('resume');
      expect(await waitsFor()).toMatch(/more of observation$/);
      await good('abort', 'the shop is slow');
      expect((await driver.finished).code).toBe(3);
      expect(await releases()).toEqual([['1.0.0', REPLICAS, REPLICAS]]);
      expect((await status()).rollout?.outcome).toBe('aborted');
    });

    await test.step('one that is promoted, and undone', async () => {
      const promoted = await good('start', '--to', '2.0.0', '--observe', '5s', '--bake', '2s');
      expect(promoted).toMatch(/0 of [\d,]+ requests to 2\.0\.0 failed/);
      expect(promoted).toContain('promoted: myapp-deploy-v1.0 is gone');
      expect(await releases()).toEqual([['2.0.0', REPLICAS, REPLICAS]]);
      expect((await run('undo', 'customers complain')).code).toBe(0);
      expect(await releases()).toEqual([['1.0.0', REPLICAS, REPLICAS]]);
      expect(await good('history')).toMatch(/promoted: .*undone by .*: customers complain/s);
      expect(await good('explain')).toContain('1.0.0 -> 2.0.0 aborted');
    });

    await test.step('one that cannot start, in time', async () => {
      const { out, code } = await run(
        ...['start', '--to', '3.0.0', '--image', 'nobody-has-this:v0', '--grace-seconds', '1'],
      );
      expect(out).toContain('ErrImagePull');
      expect(code).toBe(3);
      expect(await releases()).toEqual([['1.0.0', REPLICAS, REPLICAS]]);
    });

    await test.step('one that nobody may start', async () => {
      await good('freeze', 'no releases before Monday');
      await refused('no releases before Monday', 'start', '--to', '2.0.0');
      await good('thaw');
      expect(await good('doctor')).toMatch(/^ok +canary up +process \d+ since/m);
    });

    host.child.kill('SIGINT');
    const { code, err } = await host.finished;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(processesWith(bundle)).toEqual([]);
    const { sent, answered, failed, networkErrors, versions } = host.told().at(-1)!.traffic!;
    process.stdout.write(`${sent} requests sent, ${answered} answered\n`);
    expect({ answered, failed, networkErrors }).toEqual({
      answered: sent,
      failed: 0,
      networkErrors: {},
    });
    expect(Object.keys(versions).sort()).toEqual(['1.0', 'v2.0.0']);
    const events = host.told().filter(({ reason }) => reason === 'CanaryPromoted');
    expect(events.map(({ about }) => about?.name)).toEqual([
      'myapp-deploy-v1.0',
      'myapp-deploy-v2.0',
    ]);
    await refused(`start one with canary up --state ${state}`, 'status');
  });

  test('is one at a time; killed, it leaves no process, and the next begins anew', async () => {
    const first = await up();
    const driver = begin('start', '--to', '2.0.0', '--observe', '1h');
    await expect.poll(waitsFor, { message: 'observes', timeout: 20_000 }).toMatch(/observation/);
    await refused(`is held by another canary up, process ${first.child.pid ?? ''}, since 20`, 'up');
    expect(processesWith(bundle)).toHaveLength(2 * (REPLICAS + 1));

    first.child.kill('SIGKILL');
    await first.finished;
    await expect
      .poll(() => processesWith(bundle), { message: 'left processes', timeout: 5_000 })
      .toEqual([]);
    expect(await readdir(state)).toContain('canary.sock');

    const third = await up();
    expect(await releases()).toEqual([['1.0.0', REPLICAS, REPLICAS]]);
    await refused('no rollout is stored as myapp', 'history');
    const left = await driver.finished;
    expect(left.err).toContain('no rollout is stored as myapp');
    expect(left.code).toBe(1);
    third.child.kill('SIGTERM');
    expect((await third.finished).code).toBe(0);
    expect(processesWith(bundle)).toEqual([]);
    expect(await readdir(state)).not.toContain('canary.sock');
  });
});
