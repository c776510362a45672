import { describe, expect, it } from 'vitest';
import { flagger, FLAGGER } from './flagger.ts';
import { counted, judgeHour } from '../testing/hours.ts';

describe('flagger', () => {
  it('rolls a broken canary back at interval x (threshold + 1)', () => {
    const broken = () => counted(100, 100);
    expect(judgeHour(flagger(FLAGGER), broken)).toEqual(['roll back', 360]);
    const fast = flagger({ ...FLAGGER, intervalSeconds: 10, threshold: 3 });
    expect(judgeHour(fast, broken)).toEqual(['roll back', 40]);
  });

  it('counts no data as failed', () => {
    expect(judgeHour(flagger(FLAGGER), () => counted(0))).toEqual(['roll back', 360]);
  });

  it('never forgives a failed check', () => {
    const everyOther = (seconds: number) => counted(100, seconds % 120 === 60 ? 50 : 0);
    expect(judgeHour(flagger(FLAGGER), everyOther)).toEqual(['roll back', 600]);
  });

  it('takes a success rate of exactly 99 %, and no less', () => {
    expect(judgeHour(flagger(FLAGGER), () => counted(100, 1))).toEqual(['promote', 600]);
    expect(judgeHour(flagger(FLAGGER), () => counted(99, 1))).toEqual(['roll back', 360]);
  });

  it('rolls back a canary whose 99th percentile is above 500 ms', () => {
    expect(judgeHour(flagger(FLAGGER), () => counted(100, 0, 0.6))).toEqual(['roll back', 360]);
  });
});
