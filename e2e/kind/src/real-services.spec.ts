import { PROMETHEUS, PROMETHEUS_PORT } from '@canary/manifests';
import { prometheusWorld } from '@canary/scenario';
import { expect, test } from '@playwright/test';
import { canary } from './canary.ts';
import { namespace } from './environment.ts';
import { keepEvidence } from './evidence.ts';
import { harmOf } from './harm.ts';
import { kubectl } from './kubectl.ts';
import { placeUnderLoad } from './place.ts';
import { requireKind } from './require-kind.ts';

/** Releases of services as they are: cold at first, hanging, bad at last, hard to read. */
const SPACE = 'canary-real';
const RPS = 50;
const FAST = ['--env', 'LATENCY_MS=20'];
/** As in the demonstration: decided within a minute at this load. */
const MARGIN = ['--margin', '0.01'];

requireKind();
keepEvidence(SPACE);

const run = (...args: readonly string[]) => canary(SPACE, args);
const cluster = (...args: readonly string[]) => kubectl(args, undefined, SPACE);
const start = (version: string, ...args: readonly string[]) =>
  run('start', '--to', version, ...FAST, ...MARGIN, ...args);

const trafficOf = placeUnderLoad({
  space: SPACE,
  deploy: [['v1', '--replicas', '1', ...FAST]],
  rps: RPS,
  instead: [namespace],
});

/** The stable release alone, with so many replicas. */
async function stable(replicas: number, ...env: readonly string[]): Promise<void> {
  const deployed = await run('deploy', 'v1', '--replicas', String(replicas), ...FAST, ...env);
  expect(deployed.exitCode, deployed.stderr).toBe(0);
  const path = 'jsonpath={range .items[*]}{.metadata.labels.release}{"\\n"}{end}';
  const releases = async () =>
    (await cluster('get', 'pods', '-l', 'appname=myapp', '-o', path)).split('\n').filter(Boolean);
  await expect
    .poll(releases, { message: 'the stable release alone', timeout: 60_000, intervals: [500] })
    .toEqual(Array(replicas).fill('1.0.0'));
}

/** When the release turned back, in milliseconds since the Unix epoch, and why. */
async function turnedBack(): Promise<{ readonly at: number; readonly why: string }> {
  const { stdout, stderr } = await run('history', '-o', 'json');
  const { history } = JSON.parse(stdout) as {
    readonly history: readonly { at: number; what: string; why: string }[];
  };
  const entry = history.find(({ what }) => what === 'going back');
  expect(entry, `a way back in ${stdout} ${stderr}`).toBeDefined();
  return entry!;
}

async function undo(): Promise<void> {
  const { exitCode, stderr } = await run('undo');
  expect(exitCode, stderr).toBe(0);
}

test('a canary that fails everything is rolled back where the stable release has one replica', async () => {
  await stable(1);
  const ended = await start('4.0.0', '--env', 'ERROR_RATE=1');
  expect(ended.stdout).toMatch(
    /rolled back after \d+ s: .*\d+ of \d+ requests to 4\.0\.0 failed, 0 of \d+ to 1\.0\.0/,
  );
  expect(ended.exitCode, ended.stderr).toBe(3);
  const { failed, seconds } = await harmOf(trafficOf(), '4.0.0');
  process.stdout.write(`4.0.0: ${failed} failed in ${seconds.toFixed(2)} s\n`);
  // It has half of the traffic, and no more of it than a few looks take.
  expect(seconds).toBeLessThanOrEqual(5);
  const { networkErrors, versions } = trafficOf().reports().at(-1)!;
  expect(networkErrors).toEqual({});
  expect(Object.keys(versions['1.0']?.statuses ?? {})).toEqual(['200']);
});

for (const [version, what, cold] of [
  ['4.1.0', 'fails one request in twenty', 'COLD_ERROR_RATE=0.05'],
  ['4.2.0', 'takes three times as long', 'COLD_LATENCY_TIMES=3'],
] as const) {
  test(`a canary that ${what} for its first 30 s is promoted`, async () => {
    await stable(1);
    const coldFor30 = ['--env', 'COLD_SECONDS=30', '--env', cold];
    const ended = await start(version, ...coldFor30, '--soak', '45s', '--bake', '45s');
    expect(ended.stdout, ended.stderr).toMatch(/promoted after \d+ s/);
    expect(ended.exitCode, ended.stderr).toBe(0);
    await undo();
  });
}

test('a canary that turns bad while it waits for a person is rolled back, and the person is told', async () => {
  await stable(1);
  const late = ['--env', 'ERROR_RATE=1', '--env', 'FAIL_AFTER_SECONDS=25'];
  const ended = await start('4.3.0', ...late, '--observe', '5s', '--confirm');
  expect(ended.stdout).toMatch(/wait for a person[\s\S]*rolled back/);
  expect(ended.exitCode, ended.stderr).toBe(3);
  const { why } = await turnedBack();
  expect(why).toMatch(/\d+ of [\d,]+ requests to 4\.3\.0 failed/);
  expect(why).toContain('while it waited for a person');
  const { failed, seconds } = await harmOf(trafficOf(), '4.3.0');
  process.stdout.write(`4.3.0: ${failed} failed in ${seconds.toFixed(2)} s\n`);
  expect(seconds).toBeLessThanOrEqual(10);
});

test('a canary of which three requests in ten hang is never promoted, and the reason is named', async () => {
  await stable(4);
  const within = ['--soak', '5s', '--limit', '40s', '--on-limit', 'promote'];
  const ended = await start('4.4.0', '--env', 'HANG_RATE=0.3', ...within);
  process.stdout.write(`4.4.0: ${ended.stdout.split('\n').at(-1) ?? ''}\n`);
  // Going back is as right as holding; going on is not.
  expect([3, 4], ended.stdout + ended.stderr).toContain(ended.exitCode);
  expect(ended.stdout).toMatch(
    /4\.4\.0 has (completed [\d,]+ of [\d,]+ requests, its share|[\d,]+ requests under way)/,
  );
  if (ended.exitCode === 4) expect((await run('abort')).exitCode).toBe(0);
});

test('a canary that answers nothing is rolled back within 30 s of its first request', async () => {
  await stable(4);
  // What hung before has been given up by its client.
  const inFlight = () => trafficOf().reports().at(-1)!.inFlight;
  await expect.poll(inFlight, { message: 'requests in flight', timeout: 30_000 }).toBeLessThan(5);
  const from = Date.now();
  const ended = await start('4.5.0', '--env', 'HANG_RATE=1');
  expect(ended.stdout).toMatch(/rolled back after \d+ s: .*4\.5\.0 .*answers? none/);
  expect(ended.exitCode, ended.stderr).toBe(3);
  const { at } = await turnedBack();
  const first = trafficOf()
    .reports()
    .find((report) => report.at > from && report.inFlight >= 5)!;
  process.stdout.write(`4.5.0: went back ${((at - first.at) / 1000).toFixed(1)} s after it hung\n`);
  // The client reports every second.
  expect(at - first.at).toBeLessThanOrEqual(29_000);
  // Nobody but those who met the canary has lost a request, and the stable release answers all.
  const { versions } = trafficOf().reports().at(-1)!;
  expect(Object.keys(versions['1.0']?.statuses ?? {})).toEqual(['200']);
});

test('a good canary is promoted through Prometheus, although one scrape in ten fails', async () => {
  const unread = ['--env', 'METRICS_FAIL_RATE=0.1'];
  await stable(1, ...unread);
  const deployed = await run('deploy', 'prometheus', '--scrape-seconds', '1');
  expect(deployed.exitCode, deployed.stderr).toBe(0);
  const proxy = `/api/v1/namespaces/${SPACE}/services/${PROMETHEUS}:${PROMETHEUS_PORT}/proxy`;
  const world = prometheusWorld((path) => kubectl(['get', '--raw', `${proxy}${path}`]));
  const scraped = () => world.query('http_requests_total{appname="myapp"} > 0');
  await expect
    .poll(async () => (await scraped()).length, { message: 'a first scrape', timeout: 60_000 })
    .toBeGreaterThan(0);
  const through = ['--judge-from', 'prometheus', '--soak', '45s', '--bake', '45s'];
  const ended = await start('4.6.0', ...unread, ...through);
  expect(ended.stdout, ended.stderr).toMatch(
    /promoted after \d+ s: 0 of [\d,]+ requests to 4\.6\.0 failed/,
  );
  expect(ended.exitCode, ended.stderr).toBe(0);
  await undo();
});
