import { PROMETHEUS, PROMETHEUS_PORT, renderObjects, parseParameters } from '@canary/manifests';
import { dashboardQueries, expectDashboards, prometheusWorld } from '@canary/scenario';
import { expect, test } from '@playwright/test';
import { canary } from './canary.ts';
import { namespace } from './environment.ts';
import { keepEvidence } from './evidence.ts';
import { grafanaTests } from './grafana.ts';
import { kubectl } from './kubectl.ts';
import { placeUnderLoad } from './place.ts';
import { requireKind } from './require-kind.ts';

const SPACE = 'canary-monitoring';
const FAST = ['--env', 'LATENCY_MS=20'];
const DRIVER = 'app.kubernetes.io/component=driver';

requireKind();
keepEvidence(SPACE);
test.describe.configure({ mode: 'serial' });

const run = (...args: readonly string[]) => canary(SPACE, args);
const cluster = (...args: readonly string[]) => kubectl(args, undefined, SPACE);
const proxy = `/api/v1/namespaces/${SPACE}/services/${PROMETHEUS}:${String(PROMETHEUS_PORT)}/proxy`;
const world = prometheusWorld((path) => kubectl(['get', '--raw', `${proxy}${path}`]));

placeUnderLoad({
  space: SPACE,
  deploy: [
    ['prometheus', '--scrape-seconds', '2'],
    ['v1', '--replicas', '2', ...FAST],
    ['tomcat', '--replicas', '1'],
  ],
  rps: 50,
  instead: [namespace],
});

const step = async () => {
  const { stdout } = await run('status', '-o', 'json');
  const { rollout } = JSON.parse(stdout) as {
    readonly rollout?: { readonly to: string; readonly what: string; readonly outcome?: string };
  };
  return `${rollout?.to ?? ''} ${rollout?.outcome ?? rollout?.what ?? ''}`;
};
const observed = (version: string) =>
  expect
    .poll(step, { message: `${version} is observed`, timeout: 90_000, intervals: [500] })
    .toMatch(new RegExp(`^${version} observe`));
const driverPods = async () =>
  (
    await cluster(
      'get',
      'pods',
      '-l',
      DRIVER,
      '--field-selector=status.phase=Running',
      '-o',
      'name',
    )
  )
    .split('\n')
    .filter(Boolean);

test('a Job drives a release to its end, while every query of every dashboard has data', async () => {
  test.setTimeout(300_000);
  const started = run(
    'start',
    '--to',
    '2.0.0',
    ...FAST,
    '--margin',
    '0.01',
    '--soak',
    '60s',
    '--bake',
    '5s',
    '--in-cluster',
  );
  await observed('2.0.0');
  const configMap = renderObjects(['grafana'], parseParameters({})).find(
    ({ metadata }) => metadata.name === 'grafana-dashboards',
  )!;
  const queries = dashboardQueries(configMap, { namespace: SPACE, appname: 'myapp' });
  await expectDashboards(world, queries, ['1.0.0', '2.0.0']);

  const ended = await started;
  expect(ended.stdout).toMatch(/promoted/);
  expect(ended.exitCode, ended.stderr).toBe(0);
  // The Job has waited until Prometheus has seen the end, and is done.
  const job = ['get', 'jobs', '-l', DRIVER, '-o', 'jsonpath={.items[*].status.succeeded}'];
  await expect
    .poll(() => cluster(...job), { message: 'the Job is complete', timeout: 60_000 })
    .toBe('1');
  const seen = `last_over_time(canary_rollout_outcome{kubernetes_namespace="${SPACE}", outcome="promoted"}[10m]) == 1`;
  expect(await world.query(seen)).toHaveLength(1);
  expect((await run('undo')).exitCode).toBe(0);
});

test('the account of the Job may do what a driver has to, and no more', async () => {
  const may = async (verb: string, resource: string) =>
    cluster(
      'auth',
      'can-i',
      verb,
      resource,
      `--as=system:serviceaccount:${SPACE}:canary-driver`,
    ).catch(() => 'no');
  expect(await may('patch', 'deployments')).toBe('yes');
  expect(await may('create', 'events')).toBe('yes');
  for (const [verb, resource] of [
    ['get', 'secrets'],
    ['get', 'pods/proxy'],
    ['create', 'pods'],
    ['delete', 'configmaps'],
    ['create', 'jobs'],
    ['patch', 'roles'],
  ] as const)
    expect(await may(verb, resource), `${verb} ${resource}`).toBe('no');
  expect(
    await kubectl([
      'auth',
      'can-i',
      'list',
      'deployments',
      '--all-namespaces',
      `--as=system:serviceaccount:${SPACE}:canary-driver`,
    ]).catch(() => 'no'),
  ).toBe('no');
});

test('Ctrl-C leaves the Job at its work, and a driver whose pod is deleted is replaced', async () => {
  test.setTimeout(300_000);
  const started = run('start', '--to', '2.1.0', ...FAST, '--observe', '1h', '--in-cluster');
  await observed('2.1.0');
  started.kill('SIGINT');
  const left = await started;
  expect(left.stderr).toMatch(/Job canary-driver-myapp-\w+ drives on/);

  const [pod = ''] = await driverPods();
  await cluster('delete', pod, '--wait=false');
  await expect
    .poll(async () => (await driverPods()).filter((name) => name !== pod).length, {
      message: 'another pod drives',
      timeout: 60_000,
    })
    .toBe(1);
  const aborted = await run('abort', 'seen enough');
  expect(aborted.exitCode, aborted.stderr).toBe(0);
});

test('the alert about a target that is down fires for the counter-example, and for nothing else', async () => {
  test.setTimeout(180_000);
  const firing = async () => {
    const alerts = await world.query(
      `ALERTS{alertstate="firing", alertname="ReleaseTargetDown", kubernetes_namespace="${SPACE}"}`,
    );
    return alerts.map(({ metric }) => metric['appname']);
  };
  await expect
    .poll(firing, { message: 'the alert', timeout: 150_000, intervals: [2000] })
    .toEqual(['tomcat']);
});

grafanaTests(SPACE);
