import { parseParameters, renderObjects, toYaml } from '@canary/manifests';
import type { PlatformObject } from '@canary/rollout';
import { expect, test } from '@playwright/test';
import { canary } from './canary.ts';
import { namespace, pulledImages } from './environment.ts';
import { keepEvidence } from './evidence.ts';
import { harmOf } from './harm.ts';
import { kubectlJson } from './kubectl.ts';
import { placeUnderLoad } from './place.ts';
import { requireKind } from './require-kind.ts';

const SPACE = 'canary-judge';
const RPS = 50;
/** How often a broken canary is released through each source. */
const RUNS = Number(process.env['JUDGE_RUNS'] ?? 2);
/** The service answers at once, unless a release is to be slow. */
const FAST = ['--env', 'LATENCY_MS=20'];
/** As in the demonstration: decided within a minute at this load. */
const MARGIN = ['--margin', '0.01'];

requireKind();
keepEvidence(SPACE);
test.describe.configure({ mode: 'serial' });

const run = (...args: readonly string[]) => canary(SPACE, args);
const start = (version: string, ...args: readonly string[]) =>
  run('start', '--to', version, ...FAST, ...MARGIN, '--bake', '5s', ...args);

const trafficOf = placeUnderLoad({
  space: SPACE,
  // Scraped every second: how fast the judge is through Prometheus depends on that.
  deploy: [
    ['v1', ...FAST],
    ['prometheus', '--scrape-seconds', '1'],
  ],
  rps: RPS,
  instead: [namespace],
});

test.beforeEach(async () => {
  const names = async () => {
    const { items } = await kubectlJson<{
      readonly items: readonly { metadata: { name: string } }[];
    }>(['get', 'pods', '-l', 'appname=myapp', '-n', SPACE]);
    return items.map(({ metadata }) => metadata.name.replace(/-[^-]+-[^-]+$/, ''));
  };
  await expect
    .poll(names, { message: 'the stable release alone', timeout: 120_000, intervals: [500] })
    .toEqual(Array(4).fill('myapp-deploy-v1.0'));
});

for (const [source, options, limit] of [
  ['the pods', ['--look', '1s'], { seconds: 3, failed: 40 }],
  ['Prometheus', ['--look', '1s', '--judge-from', 'prometheus'], { seconds: 8, failed: 100 }],
] as const) {
  test(`a broken canary of 1 in 5 is rolled back, judged from ${source}`, async () => {
    test.setTimeout(60_000 * (RUNS + 1));
    const seconds: number[] = [];
    for (let i = 0; i < RUNS; i++) {
      const version = `3.${source === 'Prometheus' ? 1 : 0}${i}.0`;
      const ended = await start(version, '--env', 'ERROR_RATE=1', ...options);
      expect(ended.exitCode, ended.stderr).toBe(3);
      expect(ended.stdout).toMatch(
        new RegExp(
          `rolled back after \\d+ s: .*\\d+ of \\d+ requests to ${version} failed, 0 of \\d+ to 1\\.0\\.0`,
        ),
      );
      const harmed = await harmOf(trafficOf(), version);
      seconds.push(harmed.seconds);
      process.stdout.write(
        `${version}, from ${source}: ${harmed.seconds.toFixed(2)} s from the first failed request to the last, ${harmed.failed} failed\n`,
      );
      expect(harmed.seconds).toBeLessThanOrEqual(limit.seconds);
      expect(harmed.failed).toBeLessThanOrEqual(limit.failed);
      expect(harmed.failed).toBeGreaterThan(0);
    }
    if (source !== 'the pods') return;
    const median = seconds.sort((a, b) => a - b)[Math.floor((seconds.length - 1) / 2)];
    expect(median).toBeLessThanOrEqual(2);
  });
}

test('a canary that fails one request in twenty is rolled back', async () => {
  const ended = await start('3.2.0', '--env', 'ERROR_RATE=0.05');
  expect(ended.stdout).toMatch(
    /rolled back after \d+ s: [\d,]+ of [\d,]+ requests to 3\.2\.0 failed/,
  );
  expect(ended.exitCode, ended.stderr).toBe(3);
  const { failed, seconds } = await harmOf(trafficOf(), '3.2.0');
  process.stdout.write(`3.2.0: ${failed} failed in ${seconds.toFixed(1)} s\n`);
});

test('a canary that takes twice as long is rolled back', async () => {
  const ended = await run(
    'start',
    '--to',
    '3.3.0',
    ...MARGIN,
    '--env',
    'LATENCY_MS=40',
    '--soak',
    '5m',
  );
  expect(ended.stdout).toMatch(
    /rolled back after \d+ s: [\d,]+ of [\d,]+ requests to 3\.3\.0 took longer than [\d.]+ s/,
  );
  expect(ended.exitCode, ended.stderr).toBe(3);
});

test('a canary that behaves alike is promoted, and explained in a line', async () => {
  const ended = await start('3.4.0');
  expect(ended.stdout).toMatch(/promoted after \d+ s: 0 of [\d,]+ requests to 3\.4\.0 failed/);
  expect(ended.exitCode, ended.stderr).toBe(0);
  const explained = await run('explain');
  expect(explained.stdout).toMatch(
    /^1\.0\.0 -> 3\.4\.0 promoted after \d+ s: 0 of [\d,]+ requests to 3\.4\.0 failed, 0 of [\d,]+ to 1\.0\.0/,
  );
  const undone = await run('undo');
  expect(undone.exitCode, undone.stderr).toBe(0);
});

test('a metric that does not exist fails closed, at the start and by name', async () => {
  const refused = await start('3.5.0', '--requests-metric', 'orders_total');
  expect(refused.stderr).toContain('orders_total');
  expect(refused.exitCode).toBe(1);
});

test('no request was lost in all of this, and the failed ones are those of the canaries', async () => {
  const report = await trafficOf().stop();
  process.stdout.write(`${report.sent} requests sent, ${report.failed} failed\n`);
  expect(report.networkErrors).toEqual({});
  expect(report.answered).toBe(report.sent);
  expect(Object.keys(report.versions['1.0']?.statuses ?? {})).toEqual(['200']);
});

test('a canary without any traffic is held as "no data", never promoted', async () => {
  const ended = await start('3.6.0', '--soak', '5s', '--limit', '20s', '--on-limit', 'promote');
  expect(ended.stdout).toMatch(/held.*no data/s);
  expect(ended.exitCode, ended.stderr).toBe(4);
  const aborted = await run('abort');
  expect(aborted.exitCode, aborted.stderr).toBe(0);
});

for (const source of ['direct', 'prometheus']) {
  test(`the article's counter-example is never promoted, judged ${source}`, async () => {
    const tomcat = tomcatBehindTheService(`tomcat-${source}`);
    const options = ['--judge-from', source, '--soak', '5s', '--limit', '20s'];
    const ended = await canary(
      SPACE,
      ['start', '-f', '-', ...options, '--on-limit', 'promote'],
      toYaml([tomcat]),
    );
    expect(ended.stdout).toMatch(/tomcat-\S+ is not UP: .*404/);
    expect(ended.exitCode, ended.stderr).toBe(4);
    const aborted = await run('abort');
    expect(aborted.exitCode, aborted.stderr).toBe(0);
  });
}

/** The article's Tomcat with the app's own label, so that the app's Service sends it traffic. */
function tomcatBehindTheService(release: string): PlatformObject {
  const parameters = parseParameters({ images: { tomcat: pulledImages.tomcat } });
  const found = renderObjects(['tomcat'], parameters).find(({ kind }) => kind === 'Deployment');
  const { apiVersion, kind, spec } = found as PlatformObject & { readonly spec: DeploymentSpec };
  const { metadata, spec: pod } = spec.template;
  const labels = { appname: 'myapp', release };
  return {
    apiVersion,
    kind,
    metadata: { name: release, labels },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { ...metadata, labels }, spec: pod },
    },
  };
}

interface DeploymentSpec {
  readonly template: { readonly metadata: object; readonly spec: object };
}
