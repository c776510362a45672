import { describe, expect, it } from 'vitest';
import { resultWith } from '../testing/results.ts';
import { cellTable } from './cell-table.ts';
import { amount, baseTitle, canaryTitle, interval, table } from './format.ts';
import { toJson } from './json.ts';
import { falseAlarmPlot, harmPlot, timePlot } from './plots.ts';
import { withFigures } from './write-report.ts';
import { healthyTables, worseTables } from './tables.ts';

const healthy = resultWith({}, { ours: [4, 0], flagger: [800, 0] });
const broken = resultWith(
  { times: Infinity },
  { ours: [1000, 198], flagger: [1000, 7128], argo: [1000, 2376], kayenta: [1000, 71_280] },
);

describe('format', () => {
  it('pads tables as Prettier does', () => {
    expect(table(['a', 'count'], [['long name', '1']])).toMatchInlineSnapshot(`
      "| a         | count |
      | --------- | ----: |
      | long name |     1 |"
    `);
  });

  it('shows amounts, shares and canaries', () => {
    expect([amount(71_280.4), amount(12.34), amount(0.0456), amount(0)]).toEqual([
      '71,280',
      '12',
      '0.046',
      '0',
    ]);
    expect(interval({ share: 0.004, low: 0.001, high: 0.0102 })).toBe('0.4 % (0.1–1.0)');
    expect([baseTitle(0.001), baseTitle(0.01)]).toEqual(['0.1 %', '1 %']);
    const titles = [{ times: 1.5 }, { times: Infinity }, { latency: 1.05 }, { latency: 2 }].map(
      (given) => canaryTitle({ ...healthy.cell, ...given }),
    );
    expect(titles).toEqual(['errors ×1.5', 'broken', 'latency +5 %', 'latency ×2']);
  });
});

describe('withFigures', () => {
  it('replaces the figures, and leaves the rest', () => {
    const [begin, end] = [
      '<!-- figures: written by `npx nx run judge-simulation:run` -->',
      '<!-- end of the figures -->',
    ];
    const page = `# A page\n\n${begin}\n\nold\n\n${end}\n\nThe end.\n`;
    const replaced = withFigures(page, 'figures', 'new');
    expect(replaced).toBe(`# A page\n\n${begin}\n\nnew\n\n${end}\n\nThe end.\n`);
    expect(withFigures(replaced, 'figures', 'new')).toBe(replaced);
  });

  it('names markers that a page lacks', () => {
    expect(() => withFigures('# A page', 'figures', 'new')).toThrow(/add the lines <!-- figures/);
  });
});

describe('the report', () => {
  it('has a row per cell, and a dot for a judge that took no part', () => {
    expect(healthyTables([healthy])).toMatch(
      /independent \| +100 \| +1 % \| 0\.4 % \(0\.1–1\.0\) \| +· /,
    );
    expect(worseTables([broken])).toContain('| broken | Flagger 1m/5');
  });

  it('is a row per cell and judge for whoever tunes', () => {
    const [head, , ours, flagger] = cellTable([healthy], new Map([['a cell', 12.3]]))
      .split('\n')
      .map((line) => line.split('|').map((part) => part.trim()));
    expect(head).toContain('CPU ms per release');
    expect(ours!.slice(1, -1)).toEqual([
      'a cell',
      'ours',
      '1000',
      '4',
      '0.4 % (0.1–1.0)',
      '99.6 %',
      '60 s',
      '60 s',
      '0',
      '12',
    ]);
    expect(flagger![2]).toBe('Flagger 1m/5');
  });

  it('is JSON without the times of single runs', () => {
    const { cells } = JSON.parse(toJson([broken], [])) as { cells: Record<string, unknown>[] };
    expect(cells[0]).toMatchObject({ canary: 'broken', judges: { ours: { rollBacks: 1000 } } });
    expect(cells[0]).not.toHaveProperty('times');
  });

  it('has plots that are well formed', () => {
    for (const plot of [falseAlarmPlot, timePlot, harmPlot]) {
      const picture = plot([healthy, broken]);
      expect(picture).toMatch(/^<svg [^>]*viewBox/);
      expect(picture).not.toMatch(/NaN|undefined/);
    }
  });
});
