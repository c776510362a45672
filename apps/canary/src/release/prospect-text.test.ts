import { judgeOptions } from '@canary/judge';
import { chooseMargin, planRelease, type ObserveWish } from '@canary/rollout';
import { describe, expect, it } from 'vitest';
import { workload } from '../testing/objects.ts';
import { judgingOf } from './judging.ts';
import { prospectText, warnings } from './prospect-text.ts';

const stable = workload('1.0.0', 4);
const verdict: ObserveWish = { until: 'verdict' };

/** What is said of a release at so many requests per second. */
function said(
  requests: number | undefined,
  { margin, observe = verdict }: { margin?: string; observe?: ObserveWish } = {},
) {
  const planned = planRelease({ stableReplicas: 4, canaryReplicas: [1], observe });
  const judging = judgingOf({ margin: margin ?? 'auto', prometheus: 'none' });
  const wish = { decideWithinSeconds: 600, canaryShare: 0.2, soakSeconds: 60 };
  const choice =
    requests === undefined
      ? undefined
      : chooseMargin(
          { requests, errors: 0.001 },
          { ...wish, margin: judging.judge.margin },
          judgeOptions(judging.judge),
        );
  const judge = { ...judging.judge, margin: choice?.margin ?? 0.01 };
  const prospect = { judging: { ...judging, judge }, notJudged: [], choice };
  return {
    lines: prospectText(prospect, stable, planned).slice(1),
    warned: warnings(prospect, stable, planned),
  };
}

describe('what a release comes to', () => {
  it('is told with the margin that the traffic allows', () => {
    const { lines, warned } = said(100);
    expect(lines.join('\n')).toMatchInlineSnapshot(`
      "1.0.0 answers 100 requests per second now, 0.1 % of them failing; the canary will get 20 % of them. Margin 0.1 points, by the traffic: a canary as good as 1.0.0 is promoted after about 7 min 10 s.
      A canary of whose requests so many fail is found after: 0.4 % about 9 min 20 s, 1 % about 54 s, 4 % about 5 s."
    `);
    expect(warned).toEqual([]);
  });

  it('is told of a margin that was given', () => {
    const { lines, warned } = said(100, { margin: '0.02' });
    expect(lines[0]).toMatchInlineSnapshot(
      `"1.0.0 answers 100 requests per second now, 0.1 % of them failing; the canary will get 20 % of them. Margin 2 points, as given: a canary as good as 1.0.0 is promoted after about 1 min 30 s."`,
    );
    expect(warned).toEqual([]);
  });

  it('is a warning where nothing is decided in time, or ever', () => {
    expect(said(1).warned).toMatchInlineSnapshot(`
      [
        "at this traffic nothing is decided within 10 min: with the largest margin that is taken unasked, 1 point, a good canary is promoted after about 44 min. More canary replicas (--steps), a larger --margin, a longer --decide-within and --limit, or --observe <time>, after which time alone promotes, help",
      ]
    `);
    expect(said(0).warned).toMatchInlineSnapshot(`
      [
        "no request to 1.0.0 was seen, and without traffic nothing is decided: the release is held at its limit, 1 h. More canary replicas (--steps), a larger --margin, a longer --decide-within and --limit, or --observe <time>, after which time alone promotes, help",
      ]
    `);
    expect(said(undefined).warned).toMatchInlineSnapshot(`
      [
        "how many requests 1.0.0 answers could not be seen, its samples stayed the same: the margin is 1 point. More canary replicas (--steps), a larger --margin, a longer --decide-within and --limit, or --observe <time>, after which time alone promotes, help",
      ]
    `);
    expect(said(0.1, { margin: '0.005' }).warned).toMatchInlineSnapshot(`
      [
        "with a margin of 0.5 points a good canary is promoted after about 16 h; its limit, 1 h (--limit), comes before, and then it is held. More canary replicas (--steps), a larger --margin, a longer --decide-within and --limit, or --observe <time>, after which time alone promotes, help",
      ]
    `);
  });

  it('warns of nothing where time decides', () => {
    const observe = { until: 'time', seconds: 30 } as const;
    const { lines, warned } = said(1, { observe });
    expect(lines[0]).toContain('Time alone promotes.');
    expect(warned).toEqual([]);
  });

  it('has what is not judged', () => {
    const planned = planRelease({ stableReplicas: 4, canaryReplicas: [1] });
    const notJudged = [{ metric: 'latency', why: 'its histogram has only +Inf' }] as const;
    const judging = judgingOf({});
    expect(prospectText({ judging, notJudged, choice: undefined }, stable, planned)[1]).toBe(
      'Not judged: latency, its histogram has only +Inf.',
    );
  });
});
