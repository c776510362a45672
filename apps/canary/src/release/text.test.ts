import { statusView, type StatusSources } from '@canary/api/view';
import { planRelease, type Pod, type ReleaseWish, type RolloutRecord } from '@canary/rollout';
import { describe, expect, it } from 'vitest';
import { NOW, startedRecord, weighed, workload } from '../testing/objects.ts';
import { explainText, historyText } from './history-text.ts';
import { newLines } from './narrate.ts';
import { planText } from './plan-text.ts';
import { statusText } from './status-text.ts';

const golden = (name: string) => `../golden/${name}.txt`;

const tree = (change: Partial<StatusSources>) =>
  statusText(
    statusView({
      app: 'myapp',
      namespace: 'canary',
      record: undefined,
      frozen: undefined,
      workloads: [],
      now: NOW,
      ...change,
    }),
  ).join('\n');

const driver = { holder: 'ana@laptop:4711', heartbeatAt: NOW - 1000, leaseMs: 15_000 };

function observing(): RolloutRecord {
  const record = startedRecord();
  return {
    ...record,
    ...{ stage: 0, atGate: true, stageStartedAt: [NOW - 20_000], phaseStartedAt: NOW - 18_000 },
    reason: '4 + 1 replicas are ready',
    driver,
    observation: { ...record.observation, requests: { '1.0.0': 883, '2.0.0': 210 } },
  };
}

const failing = (pod: Pod): Pod => ({
  ...pod,
  ready: false,
  restarts: 2,
  node: undefined,
  reason: 'ImagePullBackOff',
  message: 'Back-off pulling image\n"nowhere/myapp:v9"',
});

describe('the tree of canary status', () => {
  it('says that there is nothing', async () => {
    await expect(tree({})).toMatchFileSnapshot(golden('status-nothing'));
  });

  it('names what keeps a pod from starting, and who has frozen the app', async () => {
    const record = startedRecord({ stage: 0, stageStartedAt: [NOW], driver, reason: 'started' });
    const problem = {
      pod: 'myapp-deploy-v2.0-0',
      reason: 'ImagePullBackOff',
      message: 'Back-off pulling image\n"nowhere/myapp:v9"',
      fatal: true,
      since: NOW,
    };
    const shown = tree({
      record: { ...record, canary: { ...record.canary, problem } },
      frozen: { by: 'eve', reason: 'no releases before Monday', at: NOW },
      workloads: [workload('1.0.0', 4), workload('2.0.0', 1, failing)],
    });
    await expect(shown).toMatchFileSnapshot(golden('status-failing'));
  });

  it('shows the target, the replica and the observed share while a stage is observed', async () => {
    const workloads = [workload('1.0.0', 4), workload('2.0.0', 1)];
    const shown = tree({ record: observing(), workloads });
    await expect(shown).toMatchFileSnapshot(golden('status-observing'));
  });

  it('says how each metric stands, what is in the way, and what is not judged or counted', async () => {
    await expect(tree({ record: weighed() })).toMatchFileSnapshot(golden('status-judged'));
  });

  it('shows the share that was wished for where replicas allow another', () => {
    const { plan } = planRelease({ stableReplicas: 4, weights: [33] });
    const shown = tree({ record: { ...observing(), plan } });
    expect(shown).toContain('target     33.0 %');
  });

  it('says that nobody drives it', () => {
    const gone = { ...driver, heartbeatAt: NOW - 60_000 };
    const shown = tree({ record: { ...observing(), driver: gone } });
    expect(shown).toContain('last heard of 60 s ago: gone, canary start --resume goes on');
    expect(tree({ record: { ...observing(), driver: undefined } })).toContain(
      'waits for  a driver: canary start --resume',
    );
  });

  it('tells what is left of a pod from one that is not ready', () => {
    const evict = (pod: Pod): Pod => ({ ...pod, phase: 'Failed', ready: false, reason: 'Evicted' });
    const shown = tree({ workloads: [workload('1.0.0', 1, evict)] });
    expect(shown).toContain('myapp-deploy-v1.0-0  ended  0 restarts  worker-1  Evicted');
  });

  it('shows the release that was promoted as the stable one', () => {
    const record = { ...observing(), outcome: 'promoted' as const };
    const shown = tree({ record, workloads: [workload('2.0.0', 4)] });
    expect(shown).toContain('release 2.0.0 (stable)  4 of 4 ready');
  });
});

describe('the table of canary plan', () => {
  it('shows how far each split is from the share asked for', async () => {
    const { stages } = planRelease({ stableReplicas: 4, weights: [10, 50], maxSurge: 2 });
    const text = planText(workload('1.0.0', 4), stages).join('\n');
    await expect(text).toMatchFileSnapshot(golden('plan'));
  });

  const lines = (wish: Partial<ReleaseWish>) => {
    const { stages } = planRelease({ stableReplicas: 4, canaryReplicas: [1], ...wish });
    return planText(workload('1.0.0', 4), stages).join('\n');
  };

  it('says what is not observed at full size, or cannot be compared there', () => {
    const says = ['is not observed before the stable release goes', 'no stable pod is left'];
    const told = (wish: Partial<ReleaseWish>) => says.map((text) => lines(wish).includes(text));
    expect(told({})).toEqual([false, false]);
    expect(told({ bakeSeconds: 0 })).toEqual([true, false]);
    expect(told({ bakeSeconds: 0, canaryReplicas: [4] })).toEqual([false, false]);
    expect(told({ maxSurge: 0, minReady: 3 })).toEqual([false, true]);
    const observe = { until: 'time', seconds: 30 } as const;
    expect(told({ maxSurge: 0, minReady: 3, observe })).toEqual([false, false]);
  });
});

describe('the history of a rollout', () => {
  const history = [
    { at: NOW, what: 'stage 1 of 3: scale to 4 stable and 1 canary', why: 'started', figures: {} },
    {
      at: NOW + 31_000,
      what: 'going back',
      why: '2.0.0 fails\nmore often',
      figures: { 'canary ready': 1, E: 24.33333 },
    },
    { at: NOW + 33_000, what: 'rolled back', why: '2.0.0 fails more often', figures: {} },
  ];
  const ended = startedRecord({
    history,
    outcome: 'rolled back',
    turnedBack: { outcome: 'rolled back', reason: '2.0.0 fails more often' },
    reason: '2.0.0 fails more often',
    endedAt: NOW + 33_000,
  });

  it('is a line for each transition', async () => {
    await expect(historyText(ended).join('\n')).toMatchFileSnapshot(golden('history'));
  });

  it('begins with how the releases before it ended', () => {
    const last = {
      ...{ id: 'myapp-deploy-v1.5-1', from: '1.0.0', to: '1.5.0', startedAt: NOW - 90_000 },
      ...{ endedAt: NOW - 30_000, outcome: 'aborted' as const, reason: 'aborted by ana: slow' },
    };
    expect(historyText({ ...ended, earlier: [last] })[0]).toBe(
      'myapp-deploy-v1.5-1  1.0.0 -> 1.5.0 aborted after 1 min: aborted by ana: slow',
    );
    const promoted = {
      ...last,
      outcome: 'promoted' as const,
      reason: 'promoted after 27 s: 0 of 9',
    };
    expect(historyText({ ...ended, earlier: [promoted] })[0]).toBe(
      'myapp-deploy-v1.5-1  1.0.0 -> 1.5.0 promoted after 27 s: 0 of 9',
    );
  });

  it('explains the end by the transition that decided it', async () => {
    await expect(explainText(ended).join('\n')).toMatchFileSnapshot(golden('explain'));
  });

  it('explains how each metric stands', async () => {
    await expect(explainText(weighed()).join('\n')).toMatchFileSnapshot(golden('explain-judged'));
  });

  it("explains a promotion by the judge's last verdict", () => {
    const verdict = 'promoted after 21 s: 0 of 335 requests to 2.0.0 failed, 0 of 716 to 1.0.0';
    const at = { at: NOW, figures: {} };
    const promoted = startedRecord({
      history: [
        { ...at, what: 'stage 2 of 3: scale', why: verdict, figures: { 'E needed': 100 } },
        {
          ...at,
          what: 'stage 3 of 3: remove the stable workload',
          why: '2 + 2 replicas are ready',
        },
        { ...at, what: 'promoted', why: 'myapp-deploy-v1.0 is gone' },
      ],
      outcome: 'promoted',
      reason: verdict,
      endedAt: NOW + 27_000,
    });
    expect(explainText(promoted)).toEqual([`1.0.0 -> 2.0.0 ${verdict}`, '  E needed: 100']);
    const [, ...unjudged] = promoted.history;
    expect(explainText({ ...promoted, history: unjudged, reason: '15 s have passed' })).toEqual([
      '1.0.0 -> 2.0.0 promoted after 27 s: 15 s have passed',
    ]);
  });

  it('tells looks that say nothing new sooner in an observation than while a person is asked', () => {
    const told = (change: Partial<RolloutRecord>) => {
      const opinion = { verdict: 'undecided', reason: 'so', evidence: {}, requests: {} } as const;
      const at = (seconds: number) => {
        const record = { ...observing(), ...change };
        const seen = { number: seconds, at: NOW + seconds * 1000, opinion };
        return { ...record, observation: { ...record.observation, ...seen } };
      };
      const seconds = Array.from({ length: 120 }, (_, second) => second + 1);
      return seconds.flatMap((second) => newLines(at(second - 1), at(second))).length;
    };
    expect(told({})).toBe(24);
    expect(told({ stage: 1 })).toBe(2);
    expect(told({ paused: { by: 'eve', reason: 'lunch', at: NOW } })).toBe(2);
  });

  it('tells what is new, once', () => {
    expect(newLines(startedRecord({ history: history.slice(0, 2) }), ended)).toEqual([
      '03:04:38Z  rolled back: 2.0.0 fails more often',
    ]);
    expect(newLines(ended, ended)).toEqual([]);
  });
});
