import { expect } from '@playwright/test';
import { canary } from './canary.ts';
import { kubectl, kubectlJson } from './kubectl.ts';

/** The namespace of the suite's rollouts. */
export const SPACE = 'canary-rollout';
/** The stable Deployment of all of them. */
export const STABLE = 'myapp-deploy-v1.0';

/** What `canary status -o json` tells, as far as it is used here. */
interface Status {
  readonly rollout?: {
    readonly to: string;
    readonly outcome?: string;
    readonly what: string;
    readonly driver?: { readonly holder: string; readonly gone: boolean };
    readonly reason: string;
    readonly observedShare?: { readonly low: number; readonly high: number };
  };
  readonly workloads: readonly {
    readonly name: string;
    readonly replicas: number;
    readonly readyReplicas: number;
    readonly pods: readonly { readonly name: string; readonly terminating: boolean }[];
  }[];
}

export const run = (...args: readonly string[]) => canary(SPACE, args);
export const cluster = (...args: readonly string[]) => kubectl(args, undefined, SPACE);

/** Starts a release that goes on while the test does other things. */
export const start = (version: string, ...args: readonly string[]) =>
  run('start', '--to', version, '--observe', '60s', '--bake', '5s', ...args);

export async function status(): Promise<Status> {
  const { stdout, stderr, exitCode } = await run('status', '-o', 'json');
  expect(exitCode, stderr).toBe(0);
  return JSON.parse(stdout) as Status;
}

export async function observed(version: string): Promise<void> {
  const now = async () => {
    const { rollout } = await status();
    return rollout?.to === version ? rollout.what : 'another release';
  };
  await expect
    .poll(now, { message: `${version} to be observed`, timeout: 60_000, intervals: [500] })
    .toMatch(/^observe/);
}

/** Somebody other than `but` drives the release. */
export async function driven(but = ''): Promise<void> {
  const holder = async () => (await status()).rollout?.driver?.holder ?? but;
  await expect
    .poll(holder, { message: 'a driver', timeout: 60_000, intervals: [500] })
    .not.toBe(but);
}

/** Kills a driver in the moment in which it tells something. */
export async function killAt(driver: ReturnType<typeof run>, told: string): Promise<void> {
  for await (const line of driver.iterable()) {
    if (!line.includes(told)) continue;
    driver.kill('SIGKILL');
    await driver;
    return;
  }
  const { stdout, stderr } = await driver;
  throw new Error(`the driver ended without telling "${told}": ${stdout} ${stderr}`);
}

/** The stable release alone, in full. */
export async function expectStable(): Promise<void> {
  const workloads = async () => {
    const all = (await status()).workloads;
    return all.map(({ name, replicas, readyReplicas }) => [name, replicas, readyReplicas]);
  };
  await expect
    .poll(workloads, { message: 'the stable release alone', timeout: 120_000, intervals: [500] })
    .toEqual([[STABLE, 2, 2]]);
}

/** Nothing of an earlier test takes room any more. */
export async function expectPods(count: number): Promise<void> {
  const pods = async () => (await cluster('get', 'pods', '-o', 'name')).split('\n').length;
  await expect
    .poll(pods, { message: `${count} pods`, timeout: 240_000, intervals: [500] })
    .toBe(count);
}

export async function warnings(deployment: string): Promise<string> {
  const { items } = await kubectlJson<{
    readonly items: readonly { readonly reason: string; readonly message: string }[];
  }>(['get', 'events', '-n', SPACE, '--field-selector', `involvedObject.name=${deployment}`]);
  return items
    .filter(({ reason }) => reason.startsWith('Canary'))
    .map(({ reason, message }) => `${reason} ${message}`)
    .join('\n');
}
