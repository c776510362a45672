import { expect, test } from '@playwright/test';
import { kubectlJson } from './kubectl.ts';
import { driven, killAt, observed, run, SPACE, start, status } from './rollout-steps.ts';

/** Declares what the drivers of a release go through. */
export function driverTests(): void {
  test('a driver that is killed leaves a release that another takes up', async () => {
    const first = start('2.5.0');
    await observed('2.5.0');
    const second = await run('start', '--resume');
    expect(second.stderr).toMatch(/myapp is driven by \S+, last heard of \d+ s ago/);
    expect(second.exitCode).toBe(1);
    const another = await run('start', '--to', '2.6.0');
    expect(another.stderr).toContain('promote or abort it first');
    expect(another.exitCode).toBe(1);

    const killed = (await status()).rollout?.driver?.holder ?? '';
    first.kill('SIGKILL');
    await first;
    const resumed = run('start', '--resume', '--wait');
    await driven(killed);
    const promoted = await run('promote', '--full');
    expect(promoted.exitCode, promoted.stderr).toBe(0);
    const ended = await resumed;
    expect(ended.stdout).toContain('promoted');
    expect(ended.exitCode, ended.stderr).toBe(0);
    expect((await run('undo')).exitCode).toBe(0);
  });

  test('a driver that is killed in every stage leaves nothing undone, and nothing done twice', async () => {
    const moments = [
      ...['1 of 5: scale', '1 of 5: observe', '2 of 5: scale', '2 of 5: observe'],
      ...['3 of 5: wait for a person', '4 of 5: observe at full size'],
      '5 of 5: remove the stable workload',
    ];
    let driver = start('2.13.0', '--steps', '1,2', '--observe', '5s', '--confirm');
    for (const [index, moment] of moments.entries()) {
      const killed = killAt(driver, `stage ${moment}`);
      if (moments[index - 1]?.endsWith('wait for a person')) {
        await driven();
        const promoted = await run('promote');
        expect(promoted.exitCode, promoted.stderr).toBe(0);
      }
      await killed;
      driver = run('start', '--resume', '--take-over');
    }
    const ended = await driver;
    expect(ended.stdout).toContain('promoted');
    expect(ended.exitCode, ended.stderr).toBe(0);
    const { history } = JSON.parse((await run('history', '-o', 'json')).stdout) as {
      readonly history: readonly { readonly what: string }[];
    };
    const begun = history.map(({ what }) => what).filter((what) => what.startsWith('stage '));
    expect(begun).toHaveLength(moments.length);
    // Made with one replica, then scaled to two: each asked for once, whoever drove.
    const { metadata } = await kubectlJson<{ readonly metadata: { readonly generation: number } }>([
      'get',
      'deploy',
      'myapp-deploy-v2.13',
      '-n',
      SPACE,
    ]);
    expect(metadata.generation).toBe(2);
    expect((await run('undo')).exitCode).toBe(0);
  });

  test('Ctrl-C leaves the release as it stands; pause, resume and abort are obeyed', async () => {
    const first = start('2.7.0');
    await observed('2.7.0');
    first.kill('SIGINT');
    const left = await first;
    expect(left.stderr).toContain('canary start --resume goes on');
    expect(left.exitCode).toBe(1);

    const second = run('start', '--resume');
    await driven();
    const paused = await run('pause', 'lunch');
    expect(paused.stdout, paused.stderr).toMatch(/pause: .*lunch/);
    expect((await run('resume')).exitCode).toBe(0);
    const aborted = await run('abort', 'the shop is slow');
    expect(aborted.exitCode, aborted.stderr).toBe(0);
    const ended = await second;
    expect(ended.stdout).toContain('the shop is slow');
    expect(ended.exitCode).toBe(3);
  });
}
