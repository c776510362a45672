import { describe, expect, it } from 'vitest';
import { clock, progressOn } from './progress.ts';

function shown(isTTY: boolean): string[] {
  const written: string[] = [];
  let now = 0;
  const progress = progressOn({ isTTY, write: (text) => written.push(text) }, 100, () => now);
  for (let i = 0; i < 4; i++) {
    now += 15_000;
    progress(25);
  }
  return written;
}

describe('progressOn', () => {
  it('writes plain lines, not too many, where there is no terminal', () => {
    expect(shown(false)).toEqual([
      '50 %: 50 of 100 releases in 0:30, 0:30 left\n',
      '100 %: 100 of 100 releases in 1:00, 0:00 left\n',
    ]);
  });

  it('stays in one line on a terminal', () => {
    const written = shown(true);
    expect(written).toHaveLength(4);
    expect(written.filter((text) => text.endsWith('\n'))).toHaveLength(1);
    expect(written.every((text) => text.startsWith('\r'))).toBe(true);
  });
});

describe('clock', () => {
  it('is minutes and seconds', () => {
    expect([clock(5), clock(65.2), clock(3600)]).toEqual(['0:05', '1:05', '60:00']);
  });
});
