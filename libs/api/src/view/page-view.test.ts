import type { Pod, Target } from '@canary/rollout';
import { describe, expect, it } from 'vitest';
import { NOW, observedRecord, workload } from '../testing/objects.ts';
import { pageView, type PageSources } from './page-view.ts';
import { statusView } from './status-view.ts';

const target = (change: Partial<Target>): Target => ({
  pod: 'myapp-v2.0.0-0',
  release: '2.0.0',
  url: 'http://10.244.1.7:5555/metrics',
  health: 'up',
  error: undefined,
  ...change,
});

const sources = (change: Partial<PageSources> = {}): PageSources => ({
  app: 'myapp',
  namespace: 'canary',
  record: observedRecord(),
  frozen: undefined,
  workloads: [workload('1.0.0', 4), workload('2.0.0', 1)],
  targets: [target({})],
  now: NOW,
  ...change,
});

describe('the view of the page', () => {
  it('has the very figures of canary status, with the number of the observation', () => {
    const view = pageView(sources());
    expect(view.status).toEqual(statusView(sources()));
    expect(view.status.rollout).toMatchObject({
      observation: { number: 2, requests: { '1.0.0': 883, '2.0.0': 210 } },
      targetShare: 0.2,
      replicaShare: { numerator: 1, denominator: 5 },
      observedShare: { canary: 210, requests: 1093 },
    });
  });

  it('says of each pod whether its target is up, and why not', () => {
    const error = 'server returned HTTP status 404 Not Found';
    const view = pageView(sources({ targets: [target({ health: 'down', error })] }));
    expect(view.pods.find(({ release }) => release === '2.0.0')).toMatchObject({
      target: 'down',
      targetError: error,
    });
    expect(view.pods.find(({ release }) => release === '1.0.0')).toMatchObject({
      target: 'waiting',
      targetError: undefined,
    });
  });

  it('tells what is left of a pod from one that is not ready', () => {
    const evict = (pod: Pod): Pod => ({ ...pod, phase: 'Failed', ready: false, reason: 'Evicted' });
    const canary = workload('2.0.0', 2);
    const pods = [evict(canary.pods[0]!), canary.pods[1]!];
    const view = pageView(sources({ workloads: [{ ...canary, readyReplicas: 1, pods }] }));
    expect(view.pods.map(({ ended }) => ended)).toEqual([true, false]);
  });

  it('tells of a release that was never tried', () => {
    const view = pageView(sources({ record: undefined }));
    expect(view).toMatchObject({ events: [], offers: [] });
    expect(view.status.rollout).toBeUndefined();
  });
});

describe('the stages of the plan', () => {
  const states = (change: Parameters<typeof observedRecord>[0]) =>
    pageView(sources({ record: observedRecord(change) })).status.rollout!.plan.map(
      ({ state }) => state,
    );

  it('are done, under way and to come', () => {
    expect(states({ stage: 1 })).toEqual(['done', 'under way', 'to come', 'to come']);
  });

  it('are left after the one that it turned back in', () => {
    expect(states({ direction: 'back', stage: 1 })).toEqual([
      ...['done', 'turned back', 'left', 'left'],
    ]);
  });

  it('are all done once it is promoted', () => {
    expect(new Set(states({ outcome: 'promoted', stage: 3 }))).toEqual(new Set(['done']));
  });

  it('are named, and have the split that they end with', () => {
    const { plan } = pageView(sources()).status.rollout!;
    expect(plan.map(({ what }) => what)).toEqual([
      'observe 30 s',
      'wait for a person',
      'observe at full size 1 min',
      'remove the stable Deployment',
    ]);
    expect(plan.map(({ split }) => `${split.stable}+${split.canary}`)).toEqual([
      '4+1',
      '4+1',
      '4+4',
      '0+4',
    ]);
  });
});

describe('what is waited for', () => {
  const wait = (change: Parameters<typeof observedRecord>[0]) =>
    pageView(sources({ record: observedRecord(change) })).status.rollout;

  it('is the end of the observation, and what keeps the canary from being ready', () => {
    const { canary } = observedRecord();
    const problem = {
      ...{ pod: 'p', reason: 'NotReady', message: 'probe\nfails', fatal: false, since: NOW },
    };
    expect(wait({ canary: { ...canary, problem } })).toMatchObject({
      wait: { for: 'time', until: NOW + 12_000, because: 'p: NotReady: probe fails' },
      waitsFor: '12 s more of observation (p: NotReady: probe fails)',
    });
  });

  it.each([
    [{ outcome: 'held' as const }, 'a person: canary resume, promote or abort'],
    [{ driver: undefined }, 'a driver: canary start --resume'],
    [{ direction: 'back' as const }, 'the way back'],
    [{ paused: { by: 'eve', reason: 'lunch', at: NOW } }, 'canary resume: paused by eve, lunch'],
    [{ stage: 1 }, 'a person: canary promote, or canary abort'],
    [{ stage: 2, atGate: false }, '4 + 4 replicas to be ready'],
    [{ stage: 2, phaseStartedAt: NOW - 30_000 }, '30 s more of observation'],
    [{ stage: 3, atGate: false }, 'myapp-v1.0.0 to be gone'],
  ])('of %j is %s', (change, text) => {
    expect(wait(change)?.waitsFor).toBe(text);
  });

  it('leaves the time of a stop off', () => {
    const stopped = { stoppedMs: 8000, phaseStoppedMs: 3000 };
    expect(wait(stopped)).toMatchObject({ waitsFor: '17 s more of observation' });
  });

  it('is nothing once it has ended', () => {
    expect(wait({ outcome: 'aborted' })?.wait).toBeUndefined();
  });
});

describe('what is offered', () => {
  const offers = (change: Parameters<typeof observedRecord>[0]) =>
    pageView(sources({ record: observedRecord(change) })).offers;

  it.each([
    [{}, ['promote', 'pause', 'abort']],
    [{ atGate: false }, ['pause', 'abort']],
    [{ paused: { by: 'eve', reason: '', at: NOW } }, ['promote', 'resume', 'abort']],
    [{ outcome: 'held' as const }, ['promote', 'resume', 'abort']],
    [{ direction: 'back' as const }, []],
    [{ outcome: 'promoted' as const }, []],
  ])('of %j is %j', (change, names) => {
    expect(offers(change)).toEqual(names);
  });

  it('is nothing where nobody may act', () => {
    expect(pageView(sources({ readOnly: true }))).toMatchObject({ offers: [], readOnly: true });
  });
});
