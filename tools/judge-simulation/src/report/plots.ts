import { judges } from '../peers/judges.ts';
import { isHealthy } from '../run/simulate.ts';
import { scenarios } from '../world/scenarios.ts';
import { baseTitle, canaryTitle } from './format.ts';
import type { CellResult } from './results.ts';
import { curve, mark, rule, scale, svg, text, type Drawn, type Point } from './svg.ts';

const PEERS: readonly Drawn[] = ['flagger', 'argo', 'kayenta'];
const WIDTH = 860;

/** False roll-backs by scenario at 100 rps, with intervals, on a square-root scale. */
export function falseAlarmPlot(results: readonly CellResult[]): string {
  const shown = results.filter(
    ({ cell }) => isHealthy(cell) && cell.rate === 100 && cell.base === 0.01,
  );
  const drawn: readonly Drawn[] = ['ours', 'robust', ...PEERS];
  const rowHeight = 58;
  const bottom = 70 + shown.length * rowHeight;
  const x = scale([0, 1], [230, WIDTH - 30], Math.sqrt);
  const ticks = [0, 0.01, 0.05, 0.2, 0.5, 1];
  const rows = shown.flatMap(({ cell, byJudge }, row) => {
    const top = 70 + row * rowHeight;
    const marks = drawn.flatMap((judge, i) => {
      const result = byJudge[judge];
      if (!result) return [];
      const { share, low, high } = result.rolledBack;
      const y = top + 9 + i * 10;
      return [
        rule(`line ${judge}`, [
          [x(low), y],
          [x(high), y],
        ]),
        mark(judge, [x(share), y]),
      ];
    });
    const grid = rule('grid', [
      [20, top],
      [WIDTH - 30, top],
    ]);
    return [grid, text([20, top + 33], scenarios[cell.scenario].title), ...marks];
  });
  return svg(WIDTH, bottom + 40, [
    text([20, 24], 'False roll-backs of a healthy canary: 100 rps, 1 % base errors', {
      class: 'title',
    }),
    ...legend(drawn, 48),
    ...ticks.flatMap((tick) => [
      rule(tick === 0.01 ? 'limit' : 'grid', [
        [x(tick), 64],
        [x(tick), bottom],
      ]),
      text([x(tick), bottom + 18], `${100 * tick} %`, { anchor: 'middle' }),
    ]),
    ...rows,
  ]);
}

/** How much of the worse canaries was rolled back by when, at 100 rps. */
export function timePlot(results: readonly CellResult[]): string {
  const drawn: readonly Drawn[] = ['ours', ...PEERS];
  const of = (base: number) =>
    results.filter(
      ({ cell }) =>
        !isHealthy(cell) &&
        cell.scenario === 'independent' &&
        cell.rate === 100 &&
        cell.base === base &&
        cell.latency === 1 &&
        cell.times >= 2,
    );
  const [panelWidth, panelHeight] = [250, 170];
  const panels = [of(0.001), of(0.01)].flatMap((row, j) =>
    row.flatMap((result, i) =>
      panel(result, [60 + i * (panelWidth + 20), 80 + j * (panelHeight + 60)]),
    ),
  );
  function panel({ cell, times }: CellResult, [left, top]: Point): string[] {
    const x = scale([10, 3600], [left, left + panelWidth], Math.log);
    const y = scale([0, 1], [top + panelHeight, top], (share) => share);
    const lines = drawn.map((judge) => {
      const steps = (times[judge] ?? []).flatMap((seconds, k): Point[] => [
        [x(seconds), y(k / cell.runs)],
        [x(seconds), y((k + 1) / cell.runs)],
      ]);
      const last = y((times[judge]?.length ?? 0) / cell.runs);
      return curve(judge, [[left, y(0)], ...steps, [x(3600), last]]);
    });
    return [
      text([left, top - 8], `${canaryTitle(cell)}, base ${baseTitle(cell.base)}`),
      ...[0, 0.5, 1].flatMap((share) => [
        rule('grid', [
          [left, y(share)],
          [left + panelWidth, y(share)],
        ]),
        ...(left > 60
          ? []
          : [text([left - 6, y(share) + 4], `${100 * share} %`, { anchor: 'end' })]),
      ]),
      ...(
        [
          [10, '10 s'],
          [60, '1 min'],
          [600, '10 min'],
          [3600, '1 h'],
        ] as const
      ).map(([at, label]) =>
        text([x(at), top + panelHeight + 16], label, {
          anchor: at === 10 ? 'start' : at === 3600 ? 'end' : 'middle',
        }),
      ),
      ...lines,
    ];
  }
  return svg(WIDTH + 30, 540, [
    text([20, 24], 'Rolled back by when: 100 rps, 20 of them to the canary', { class: 'title' }),
    ...legend(drawn, 48),
    ...panels,
  ]);
}

/** Failed requests until a broken canary is rolled back, by rate. */
export function harmPlot(results: readonly CellResult[]): string {
  const drawn: readonly Drawn[] = ['ours', ...PEERS];
  const shown = results.filter(
    ({ cell }) => cell.times === Infinity && cell.scenario === 'independent' && cell.base === 0.01,
  );
  const [left, right, top, bottom] = [80, 620, 70, 360];
  const x = scale([1, 1000], [left, right], Math.log);
  const y = scale([1, 1e6], [bottom, top], Math.log);
  const lines = drawn.flatMap((judge) => {
    const points = shown.map(({ cell, byJudge }): Point => [
      x(cell.rate),
      y(byJudge[judge]!.failed.mean),
    ]);
    const last = points.at(-1)!;
    const label = text([last[0] + 12, last[1] + 4], judges[judge].title, { class: judge });
    return [curve(judge, points), ...points.map((point) => mark(judge, point)), label];
  });
  return svg(WIDTH, 410, [
    text([20, 24], 'Failed requests until a broken canary (1 pod of 5) is rolled back', {
      class: 'title',
    }),
    text([20, 50], 'mean, 1 % base errors; both scales are logarithmic'),
    ...[1, 10, 100, 1e3, 1e4, 1e5, 1e6].flatMap((value) => [
      rule('grid', [
        [left, y(value)],
        [right, y(value)],
      ]),
      text([left - 8, y(value) + 4], value.toLocaleString('en'), { anchor: 'end' }),
    ]),
    ...[1, 10, 100, 1000].map((rate) =>
      text([x(rate), bottom + 20], `${rate} rps`, { anchor: 'middle' }),
    ),
    ...lines,
  ]);
}

function legend(drawn: readonly Drawn[], y: number): string[] {
  return drawn.flatMap((judge, i) => [
    curve(judge, [
      [20 + i * 166, y - 4],
      [48 + i * 166, y - 4],
    ]),
    mark(judge, [34 + i * 166, y - 4]),
    text([54 + i * 166, y], judges[judge].title),
  ]);
}
