import { runTool } from '@canary/kind';
import { PROMETHEUS } from '@canary/manifests';
import { expect, test } from '@playwright/test';
import { cluster as clusterName } from './environment.ts';
import { keepEvidence } from './evidence.ts';
import { kubectl } from './kubectl.ts';
import {
  cluster,
  expectPods,
  expectStable,
  observed,
  run,
  SPACE,
  STABLE,
  start,
  status,
  warnings,
} from './rollout-steps.ts';
import { driverTests } from './rollout-drivers.ts';
import { placeUnderLoad } from './place.ts';
import { requireKind } from './require-kind.ts';

requireKind();
keepEvidence(SPACE);
test.describe.configure({ mode: 'serial' });

const trafficOf = placeUnderLoad({ space: SPACE, deploy: [['v1', '--replicas', '2']], rps: 100 });

test.beforeEach(async () => {
  await expectStable();
});

test('what is missing is told in a line', async () => {
  const nowhere = await run('start', '--to', '2.0.0', '--app', 'myapp', '--stable', 'nothing');
  expect(nowhere.stderr).toContain(`there: ${STABLE}`);
  expect(nowhere.exitCode).toBe(2);
  const unplanned = await run('plan', '--weights', '50', '--max-surge', '0', '--min-ready', '2');
  expect(unplanned.stderr).toContain('maxSurge 0 leaves no room to move');
  expect(unplanned.exitCode).toBe(2);
  const doctor = await run('doctor');
  expect(doctor.stdout).toMatch(/ok +rights on deployments /);
  expect(doctor.stdout).toMatch(new RegExp(`absent +${PROMETHEUS} `));
  expect(doctor.exitCode).toBe(0);
});

const BAKE = ['--bake', '5s'];
const BRIEF = ['--observe', '15s', ...BAKE];

test('a release goes up by 1 and 2 replicas to its promotion, and can be undone', async () => {
  const planned = await run('plan', '--steps', '1,2', ...BRIEF);
  expect(planned.stdout).toContain('1/3 = 33.3 %');
  const ended = await run('start', '--to', '2.0.0', '--steps', '1,2', ...BRIEF);
  expect(ended.stdout).toContain('promoted');
  expect(ended.exitCode, ended.stderr).toBe(0);
  const { workloads, rollout } = await status();
  expect(rollout?.outcome).toBe('promoted');
  expect(workloads.map(({ name, readyReplicas }) => [name, readyReplicas])).toEqual([
    ['myapp-deploy-v2.0', 2],
  ]);
  expect(await warnings('myapp-deploy-v2.0')).toContain('CanaryPromoted');
  const explained = await run('explain');
  expect(explained.stdout).toMatch(/^1\.0\.0 -> 2\.0\.0 promoted after \d+ s/);

  const undone = await run('undo', 'seen enough');
  expect(undone.exitCode, undone.stderr).toBe(0);
});

for (const [version, what, args, exitCode, reason] of [
  [
    '2.1.0',
    'an image that cannot be pulled',
    ['--image', 'nowhere.invalid/myapp:v9', '--grace-seconds', '5'],
    3,
    /ErrImagePull|ImagePullBackOff/,
  ],
  [
    '2.2.0',
    'a container that crashes',
    ['--env', 'LATENCY_MS=oops', '--grace-seconds', '5'],
    3,
    /CrashLoopBackOff/,
  ],
  [
    '2.3.0',
    'a probe that never passes',
    ['--env', 'PORT=5556', '--ready-seconds', '15'],
    5,
    /readiness probe GET :http\/healthy has not passed/,
  ],
] as const) {
  test(`${what} is rolled back, and the reason is named`, async () => {
    const ended = await run('start', '--to', version, ...args);
    expect(ended.stdout).toMatch(reason);
    expect(ended.exitCode, ended.stderr).toBe(exitCode);
    expect((await status()).rollout?.reason).toMatch(reason);
    expect(await warnings(STABLE)).toMatch(reason);
  });
}

test('a quota that has no room for the canary is named, and it is rolled back', async () => {
  // Kubernetes takes its time over pods that have ended, and the quota counts them.
  await expectPods(3);
  await cluster('create', 'quota', 'no-room', '--hard=pods=3');
  try {
    const ended = await run('start', '--to', '2.4.0', '--ready-seconds', '15');
    expect(ended.stdout).toContain('exceeded quota');
    expect(ended.exitCode, ended.stderr).toBe(5);
  } finally {
    await cluster('delete', 'quota', 'no-room');
  }
});

driverTests();

test('a frozen app starts no release', async () => {
  await run('freeze', 'no releases before Monday');
  const refused = await run('start', '--to', '2.8.0');
  expect(refused.stderr).toMatch(/frozen by \S+ since .*: no releases before Monday/);
  expect(refused.exitCode).toBe(1);
  expect((await run('thaw')).exitCode).toBe(0);
});

test('a stable Deployment that someone else changes stops the release, and says so', async () => {
  const started = start('2.9.0');
  await observed('2.9.0');
  await cluster('scale', 'deploy', STABLE, '--replicas=3');
  const ended = await started;
  expect(ended.stdout).toContain(`${STABLE} was changed by someone else: replicas 2 -> 3`);
  expect(ended.exitCode, ended.stderr).toBe(4);
  const aborted = await run('abort');
  expect(aborted.exitCode, aborted.stderr).toBe(0);
});

test('a canary pod that is killed is replaced, and the release goes on', async () => {
  const started = run('start', '--to', '2.10.0', '--observe', '20s', ...BAKE);
  await observed('2.10.0');
  const pods = async () =>
    (await status()).workloads
      .filter(({ name }) => name === 'myapp-deploy-v2.10')
      .flatMap((workload) => workload.pods.filter(({ terminating }) => !terminating));
  const [pod] = await pods();
  await cluster('delete', 'pod', pod?.name ?? '', '--wait=false');
  await expect
    .poll(pods, { timeout: 60_000, intervals: [500] })
    .toEqual([expect.not.objectContaining({ name: pod?.name })]);
  const ended = await started;
  expect(ended.exitCode, ended.stderr).toBe(0);
  expect((await run('undo')).exitCode).toBe(0);
});

test('a node that is drained moves the canary, and the release goes on', async () => {
  const started = run('start', '--to', '2.11.0', '--observe', '20s', ...BAKE);
  await observed('2.11.0');
  const path = 'jsonpath={.items[*].spec.nodeName}';
  const nodesOfCanary = async () =>
    (await cluster('get', 'pods', '-l', 'release=2.11.0', '-o', path)).split(' ');
  const [node = ''] = await nodesOfCanary();
  try {
    await kubectl(['drain', node, '-n', SPACE, '--pod-selector=release=2.11.0', '--timeout=60s']);
    await expect
      .poll(nodesOfCanary, { message: 'the canary on another node', timeout: 60_000 })
      .not.toContain(node);
    const ended = await started;
    expect(ended.exitCode, ended.stderr).toBe(0);
  } finally {
    await kubectl(['uncordon', node]);
  }
  expect((await run('undo')).exitCode).toBe(0);
});

test('an API server that is gone for 20 s is waited for, and the release goes on', async () => {
  const started = run('start', '--to', '2.12.0', '--observe', '10s', ...BAKE);
  await observed('2.12.0');
  const manifest = '/etc/kubernetes/manifests/kube-apiserver.yaml';
  const node = (...command: readonly string[]) =>
    runTool('docker', ['exec', `${clusterName}-control-plane`, ...command]);
  await node('mv', manifest, '/tmp/');
  try {
    const answers = () =>
      kubectl(['get', '--raw', '/readyz']).then(
        () => true,
        () => false,
      );
    await expect.poll(answers, { message: 'no API server', timeout: 30_000 }).toBe(false);
    // Not a wait for something: the outage itself.
    await new Promise((resolve) => setTimeout(resolve, 20_000));
  } finally {
    await node('mv', '/tmp/kube-apiserver.yaml', manifest);
  }
  const ended = await started;
  expect(ended.stderr).toContain('trying again');
  expect(ended.stdout).toContain('promoted');
  expect(ended.exitCode, ended.stderr).toBe(0);
  expect((await run('undo')).exitCode).toBe(0);
});

test('through all of this no request was lost', async () => {
  const { sent, answered, failed, networkErrors } = await trafficOf().stop();
  process.stdout.write(`${sent} requests sent, ${answered} answered\n`);
  expect(sent).toBeGreaterThan(1000);
  expect({ answered, failed, networkErrors }).toEqual({
    answered: sent,
    failed: 0,
    networkErrors: {},
  });
});
