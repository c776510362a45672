import { describe, expect, it } from 'vitest';
import { argo, ARGO, ARGO_BACKGROUND } from './argo.ts';
import { counted, judgeHour } from '../testing/hours.ts';

const broken = () => counted(100, 100);

describe('argo', () => {
  it('rolls back with the first measurement that fails beyond the limit', () => {
    expect(judgeHour(argo(ARGO), broken)).toEqual(['roll back', 120]);
    expect(judgeHour(argo({ ...ARGO, failureLimit: 0 }), broken)).toEqual(['roll back', 60]);
    expect(judgeHour(argo(ARGO_BACKGROUND), broken)).toEqual(['roll back', 1200]);
  });

  it('takes a success rate of exactly 95 %, and no less', () => {
    expect(judgeHour(argo(ARGO), () => counted(100, 5))).toEqual(['promote', 300]);
    expect(judgeHour(argo(ARGO), () => counted(100, 6))).toEqual(['roll back', 120]);
  });

  it('forgives as many failures as its limit', () => {
    const once = (seconds: number) => counted(100, seconds <= 60 ? 100 : 0);
    expect(judgeHour(argo(ARGO), once)).toEqual(['promote', 300]);
  });

  it('rolls back after five measurements without a result in a row', () => {
    expect(judgeHour(argo(ARGO), () => counted(0))).toEqual(['roll back', 300]);
  });

  it('does not count a measurement without a result', () => {
    const late = (seconds: number) => counted(seconds <= 120 ? 0 : 100);
    expect(judgeHour(argo(ARGO), late)).toEqual(['promote', 420]);
  });
});
