import { describe, expect, it } from 'vitest';
import type { ContainerState, ContainerStatus, PodObject } from './api-objects.ts';
import { podReason } from './pod-reason.ts';
import { podOf } from './pod.ts';

type Status = NonNullable<PodObject['status']>;

const httpGet = { path: '/healthy', port: 5555 };

function pod(status: Status, metadata: PodObject['metadata'] = {}): PodObject {
  const containers = [
    { name: 'web', readinessProbe: { httpGet }, ports: [{ containerPort: 8080 }] },
  ];
  return { metadata: { name: 'web-1', ...metadata }, spec: { nodeName: 'n1', containers }, status };
}

function container(state: ContainerState, more: Partial<ContainerStatus> = {}): ContainerStatus {
  return { name: 'web', ready: false, restartCount: 0, state, ...more };
}

const condition = (type: string, status: string, more = {}) => ({ type, status, ...more });
const done = container({ terminated: { exitCode: 0, reason: 'Completed' } }, { ready: true });
const crashed = { exitCode: 3, reason: 'Error' };
const starting = container({ waiting: { reason: 'PodInitializing' } });

describe('podReason', () => {
  it.each<[string, Status, string, string | RegExp]>([
    ['that nothing is known of', {}, 'Unknown', /^no container has been started/],
    [
      'that fits no node',
      {
        phase: 'Pending',
        conditions: [
          condition('PodScheduled', 'False', { reason: 'Unschedulable', message: '0/1 nodes' }),
        ],
      },
      'Unschedulable',
      '0/1 nodes',
    ],
    ['that is on its node only now', { phase: 'Pending' }, 'Pending', /on node n1 yet$/],
    [
      'that was evicted',
      { phase: 'Failed', reason: 'Evicted', message: 'low memory' },
      'Evicted',
      'low memory',
    ],
    [
      'whose image cannot be pulled',
      {
        containerStatuses: [
          starting,
          container({ waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling "x"' } }),
        ],
      },
      'ImagePullBackOff',
      'Back-off pulling "x"',
    ],
    [
      'that crashes again and again',
      {
        containerStatuses: [
          container(
            { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 10s' } },
            { lastState: { terminated: crashed } },
          ),
        ],
      },
      'CrashLoopBackOff',
      'back-off 10s; container web ended last with exit code 3 (Error)',
    ],
    [
      'whose configuration is missing',
      {
        containerStatuses: [
          container({ waiting: { reason: 'CreateContainerConfigError', message: 'no "x"' } }),
        ],
      },
      'CreateContainerConfigError',
      'no "x"',
    ],
    [
      'whose container has just ended',
      { containerStatuses: [container({ terminated: { exitCode: 137, reason: 'OOMKilled' } })] },
      'OOMKilled',
      'container web ended with exit code 137 (OOMKilled)',
    ],
    [
      'whose container was killed',
      { containerStatuses: [container({ terminated: { exitCode: 137, signal: 9 } })] },
      'Signal:9',
      'container web ended with exit code 137',
    ],
    [
      'whose init container fails',
      {
        initContainerStatuses: [done, container({ terminated: crashed }, { name: 'migrate' })],
        containerStatuses: [starting],
      },
      'Init:Error',
      'container migrate ended with exit code 3 (Error)',
    ],
    [
      'whose init containers are done',
      { initContainerStatuses: [done], containerStatuses: [starting] },
      'PodInitializing',
      /undefined/,
    ],
    [
      'whose probe does not pass',
      { phase: 'Running', containerStatuses: [container({ running: {} })] },
      'NotReady',
      'container web runs, but its readiness probe GET :5555/healthy has not passed',
    ],
    [
      'whose node does not report',
      {
        conditions: [condition('Ready', 'False')],
        containerStatuses: [container({ running: {} }, { ready: true })],
      },
      'NotReady',
      /node n1 or a readiness gate is not$/,
    ],
    ['that has ended', { phase: 'Succeeded' }, 'Completed', 'it has ended'],
    [
      'that its node took along, though it is called ready',
      {
        ...{ phase: 'Failed', reason: 'Terminated', message: 'node shutdown' },
        conditions: [condition('Ready', 'True')],
      },
      'Terminated',
      'node shutdown',
    ],
  ])('says of a pod %s why it is not ready', (_, status, reason, message) => {
    const why = podReason(pod(status));
    expect(why?.reason).toBe(reason);
    if (typeof message === 'string') expect(why?.message).toBe(message);
    else expect(String(why?.message)).toMatch(message);
  });

  it('has nothing to say of a pod that is ready', () => {
    const conditions = [condition('Ready', 'True')];
    expect(podReason(pod({ conditions }))).toBeUndefined();
    expect(podReason(pod({ conditions }, { deletionTimestamp: 'now' }))?.reason).toBe(
      'Terminating',
    );
  });
});

describe('podOf', () => {
  it('takes a pod that is told to leave for not ready any more', () => {
    const status = { phase: 'Running', conditions: [condition('Ready', 'True')] };
    expect(podOf(pod(status, { deletionTimestamp: 'now' }))).toMatchObject({
      phase: 'Running',
      ready: false,
      terminating: true,
      reason: 'Terminating',
    });
  });

  it.each([
    [undefined, {}, undefined],
    ['10.0.0.7', {}, '10.0.0.7:8080'],
    ['10.0.0.7', { 'prometheus.io/port': '5555' }, '10.0.0.7:5555'],
    ['fd00::7', { 'prometheus.io/port': '5555' }, '[fd00::7]:5555'],
  ])('is scraped, at %s with %j, at %s', (podIP, annotations, address) => {
    const status = podIP === undefined ? {} : { podIP };
    expect(podOf(pod(status, { annotations })).scrapeAddress).toBe(address);
  });

  it('counts the restarts of all containers', () => {
    const containerStatuses = [
      container({}, { restartCount: 2 }),
      container({}, { restartCount: 3 }),
    ];
    expect(podOf(pod({ containerStatuses }))).toMatchObject({ restarts: 5, phase: 'Unknown' });
  });
});
