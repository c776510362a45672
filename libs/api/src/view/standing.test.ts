import { describe, expect, it } from 'vitest';
import { NOW, observedRecord, weighedRecord } from '../testing/objects.ts';
import { standingOf } from './standing.ts';
import { standingText } from './standing-text.ts';

const text = (...given: Parameters<typeof weighedRecord>) =>
  standingText(standingOf(weighedRecord(...given))!);

describe('how a release stands', () => {
  it('is nothing where nothing was weighed', () => {
    expect(standingOf(observedRecord())).toBeUndefined();
  });

  it('is a sentence for each metric, against its limit, with the time that is left', () => {
    expect(text().join('\n')).toMatchInlineSnapshot(`
      "errors: 3 of 1,204 requests to 2.0.0 failed (0.25 %), worse than 1.0.0 from 1.6 % on; a promotion needs evidence 20, it has 3.1: about 4 min more at this traffic
      latency: 24 of 1,204 requests to 2.0.0 took longer than 0.25 s (2 %), worse than 1.0.0 from 7.2 % on
      restarts: 0 restarts in 60 s of 2.0.0's pods, 0 in 240 s of 1.0.0's"
    `);
  });

  it('waits for the soak where that takes longer', () => {
    // The observation began 18 s ago.
    expect(text({}, { promoteInSeconds: 5 })[0]).toMatch(/it has 3\.1: about 42 s more/);
    const stopped = { stoppedMs: 8000, phaseStoppedMs: 3000 };
    expect(text(stopped, { promoteInSeconds: 5 })[0]).toMatch(/about 47 s more/);
    const long = { phaseStartedAt: NOW - 100_000 };
    expect(text(long, { promoteInSeconds: 0 })[0]).toMatch(/it has 3\.1$/);
  });

  it('says where no end is in sight', () => {
    expect(text({}, { promoteInSeconds: undefined })[0]).toMatch(
      /: at this traffic that takes more than a day, if it comes$/,
    );
  });

  it.each([
    ['time has decided', { outcome: 'promoted' as const }],
    ['it goes back', { direction: 'back' as const }],
    ['a person is waited for', { stage: 1 }],
    ['time alone is waited for', { plan: observedRecord().plan }],
  ])('says nothing of a promotion where %s', (_, change) => {
    expect(text(change).join()).not.toContain('promotion');
  });

  it('names what is in the way, what is not judged, and what was not counted', () => {
    const [errors] = weighedRecord().observation.opinion!.judgement!.metrics;
    const nothing = { ...errors!, canary: { events: 0, of: 0 }, safeCounts: undefined };
    const notJudged = [{ metric: 'latency', why: 'its histogram has only +Inf' }] as const;
    expect(text({}, { metrics: [nothing], blocker: 'p is not UP', notJudged })).toEqual([
      expect.stringMatching(
        /^errors: nothing counted of 2\.0\.0 yet; a promotion .* nothing counts for it yet: requests to new pods do not$/,
      ),
      'not to be promoted: p is not UP',
      'latency is not judged: its histogram has only +Inf',
    ]);
  });
});
