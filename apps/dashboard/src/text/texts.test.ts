import type { PageView, Standing, StatusRollout } from '@canary/api/client';
import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { milliseconds, short } from './format.ts';
import { standingTexts, stateText, stageText, waitText } from './sentences.ts';
import { willHappen } from './will-happen.ts';
import { zh } from './zh.ts';

const observe = { kind: 'time', ms: 30_000 } as const;
const at = { set: { stable: 4, canary: 4 }, deadlineMs: 1 };
const rollout = {
  ...{ from: '1.0.0', to: '2.0.0', stage: 2, stages: 3, outcome: undefined, turnedBack: false },
  plan: [
    {
      ...{ stage: { ...at, gate: { kind: 'ready' } }, what: 'scale' },
      ...{ split: { stable: 4, canary: 1 }, state: 'done', startedAt: 1 },
    },
    {
      ...{
        stage: { ...at, gate: observe },
        what: 'observe 30 s',
        state: 'under way',
        startedAt: 2,
      },
      split: { stable: 4, canary: 1 },
    },
    {
      stage: { ...at, set: { stable: 0, canary: 4, removed: 'stable' }, gate: { kind: 'ready' } },
      ...{ what: 'remove', state: 'to come', startedAt: undefined },
      split: { stable: 0, canary: 4 },
    },
  ],
  driver: { holder: 'ana', silentMs: 0, gone: false },
} as unknown as StatusRollout;
const view = (change: Partial<StatusRollout> = {}) =>
  ({ status: { rollout: { ...rollout, ...change } } }) as unknown as PageView;

describe('what an action is said to lead to', () => {
  it('names the next stage, the replicas and the releases', () => {
    expect(willHappen('promote', view(), en)).toEqual([
      'It goes on at once with the next stage: remove the stable release.',
    ]);
    expect(willHappen('abort', view(), en)[0]).toContain('1.0.0 grows back to 4 replicas');
    expect(willHappen('resume', view(), zh)).toEqual(['继续：观察 30 秒。']);
  });

  it('says that nobody drives, where that is so', () => {
    expect(willHappen('abort', view({ driver: undefined }), en)).toContain(en.will.nobody);
    expect(willHappen('pause', view({ driver: undefined }), en)).not.toContain(en.will.nobody);
  });
});

describe('the languages', () => {
  it('say where a release is', () => {
    expect(stateText(view(), en)).toBe('stage 2 of 3');
    expect(stateText(view({ turnedBack: true }), zh)).toBe('正在回退');
    expect(stateText(view({ outcome: 'held' }), en)).toBe('held for a person');
  });

  it('count down', () => {
    const wait = { for: 'time', until: 100_000, because: 'p: NotReady' } as const;
    expect(waitText(wait, en, 10_000)).toBe('1 min 30 s more of observation (p: NotReady)');
    expect(waitText(wait, zh, 200_000)).toBe('再观察 0 秒 (p: NotReady)');
  });

  it('name the observation of the canary at full size', () => {
    const split = { stable: 4, canary: 4 };
    const verdict = { kind: 'verdict', soakMs: 1, limitMs: 2, onTimeout: 'hold' } as const;
    const baked = { ...at, gate: { ...verdict, bake: true } } as const;
    expect(stageText({ stage: { ...at, gate: { ...observe, bake: true } }, split }, en)).toBe(
      'observe at full size 30 s',
    );
    expect(stageText({ stage: baked, split }, en)).toBe('observe at full size until a verdict');
    expect(stageText({ stage: baked, split }, zh)).toBe('全量观察直到得出裁决');
  });

  it('say how each metric stands, what is not judged, and how long it takes', () => {
    const standing: Standing = {
      releases: { canary: '2.0.0', stable: '1.0.0' },
      metrics: [
        {
          ...{ metric: 'errors', slowerThan: undefined, value: 3 / 1204, threshold: 0.0161 },
          ...{ canary: { events: 3, of: 1204 }, stable: { events: 50, of: 4816 } },
          promotion: { evidence: 3.1, needed: 20, isCounted: true, leftMs: 244_000 },
        },
        {
          ...{ metric: 'restarts', slowerThan: undefined, value: 0, threshold: 0 },
          ...{ canary: { events: 0, of: 60 }, stable: { events: 1, of: 240 } },
          promotion: undefined,
        },
      ],
      against: { evidence: 0.4, needed: 100 },
      blocker: undefined,
      notJudged: [{ metric: 'latency', why: 'its histogram has only +Inf' }],
    };
    expect(standingTexts(standing, en)).toMatchInlineSnapshot(`
      [
        "errors: 3 of 1,204 requests to 2.0.0 failed (0.25 %), worse than 1.0.0 from 1.6 % on; a promotion needs evidence 20, it has 3.1: about 4 min more at this traffic",
        "restarts: 0 restarts in 60 s of 2.0.0's pods, 1 in 240 s of 1.0.0's",
        "latency is not judged: its histogram has only +Inf",
      ]
    `);
    expect(standingTexts(standing, zh)).toMatchInlineSnapshot(`
      [
        "错误：2.0.0 的 1,204 个请求中有 3 个失败（0.25 %），达到 1.6 % 即劣于 1.0.0；发布需要证据 20，现有 3.1：按目前流量约还需 4 分",
        "重启：2.0.0 的 Pod 在 60 秒内重启 0 次，1.0.0 在 240 秒内 1 次",
        "响应时间：不作裁决，its histogram has only +Inf",
      ]
    `);
  });

  it('have every key of the page in both', () => {
    expect(Object.keys(zh.helpKeys)).toEqual(Object.keys(en.helpKeys));
  });
});

describe('numbers', () => {
  it.each([
    [0, '0'],
    [0.523456, '0.523'],
    [123.4, '123'],
    [5.03e8, '5.0e8'],
    [0.0001, '1.0e-4'],
  ])('%d is written as %s', (value, text) => {
    expect(short(value)).toBe(text);
  });

  it('have the unit that suits them', () => {
    expect([milliseconds(68.4), milliseconds(1234)]).toEqual(['68 ms', '1.23 s']);
  });
});
