import { describe, expect, it } from 'vitest';
import { readTextFormat } from './text-format.ts';

describe('what is said of metrics', () => {
  const metadata = (text: string) => Object.fromEntries(readTextFormat(text).metadata);

  it('is left out where it cannot be read', () => {
    expect(metadata('# TYPE\n# TYPE a\n# TYPE a b c\n# UNIT 1a ms\na 1\n')).toEqual({});
  });

  it('is its type and its unit, in either format', () => {
    const text =
      '# HELP a of a\n# UNIT a_ms ms\n# TYPE a_ms histogram\n# TYPE b counter\nb_total 1\n';
    expect(metadata(text)).toEqual({
      a_ms: { type: 'histogram', unit: 'ms' },
      b: { type: 'counter' },
    });
  });

  it('is what was said first', () => {
    expect(metadata('# TYPE a gauge\n# TYPE a counter\na 1\n')).toEqual({ a: { type: 'gauge' } });
  });
});
