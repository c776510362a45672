import { readFile, writeFile } from 'node:fs/promises';
import { realScenarios } from '../world/real-scenarios.ts';
import { isReal, peerScenarios } from '../world/scenarios.ts';

import type { Cell } from '../run/cells.ts';
import { isHealthy } from '../run/simulate.ts';
import { toJson } from './json.ts';
import type { Claim } from './must-hold.ts';
import { falseAlarmPlot, harmPlot, timePlot } from './plots.ts';
import { realCellTable, realTable } from './real-table.ts';
import type { CellResult } from './results.ts';
import { healthyTables, scenarioTable, shortTable, tuningTable, worseTables } from './tables.ts';

const BY = 'written by `npx nx run judge-simulation:run`';

/** Writes the figures into docs/judge-simulation.md between their markers, as JSON beside it, and the plots. */
export async function writeReport(
  all: readonly CellResult[],
  claims: readonly Claim[],
  docs: URL,
): Promise<void> {
  const results = all.filter(({ cell }) => !isReal(cell));
  const page = new URL('judge-simulation.md', docs);
  const real = withFigures(await readFile(page, 'utf8'), 'real services', realFigures(all));
  await writeFile(page, withFigures(real, 'figures', figuresOf(all, claims)));
  await writeFile(new URL('judge-simulation.json', docs), toJson(all, claims));
  const plots = {
    'false-roll-backs': falseAlarmPlot,
    'time-to-roll-back': timePlot,
    'harm-of-a-broken-canary': harmPlot,
  };
  for (const [name, plot] of Object.entries(plots)) {
    await writeFile(new URL(`images/judge-${name}.svg`, docs), plot(results));
  }
}

/** The page with other figures between the markers of that name. */
export function withFigures(page: string, name: string, figures: string): string {
  const [beginMark, endMark] = [`<!-- ${name}: ${BY} -->`, `<!-- end of the ${name} -->`];
  const [begin, end] = [page.indexOf(beginMark), page.indexOf(endMark)];
  if (begin < 0 || end < begin) {
    throw new Error(
      `docs/judge-simulation.md lacks its markers: add the lines ${beginMark} and ${endMark}`,
    );
  }
  return `${page.slice(0, begin)}${beginMark}\n\n${figures}\n\n${page.slice(end)}`;
}

function realFigures(results: readonly CellResult[]): string {
  return [
    realTable(results),
    'What happens in each:',
    scenarioTable(realScenarios),
    '<details><summary>every cell</summary>',
    realCellTable(results),
    '</details>',
  ].join('\n\n');
}

function figuresOf(all: readonly CellResult[], claims: readonly Claim[]): string {
  const results = all.filter(({ cell }) => !isReal(cell));
  return [
    `${sizesOf(all)} Fewer than 2,000 and 300 are a report of a share of them (\`--share\`), with wider intervals.`,
    '## What must hold',
    claims.map(({ what, verdict, seen }) => `- **${verdict}**: ${what}: ${seen}.`).join('\n'),
    '## Scenarios',
    scenarioTable(peerScenarios),
    '## Healthy canaries',
    healthyTables(results),
    '## Worse canaries at 100 rps, in short',
    'Share rolled back @ median time / mean of the failed requests beyond the stable release’s, in the first hour.',
    shortTable(results),
    '## Worse canaries, all figures',
    'Shares with exact intervals of 95 %, means ± two standard errors.',
    worseTables(results),
    '## What peers were tuned to',
    tuningTable(results),
  ].join('\n\n');
}

/** How many releases each cell has in this report, in a sentence. */
function sizesOf(results: readonly CellResult[]): string {
  const of = (cells: readonly Cell[]) => {
    const most = (some: readonly Cell[]) =>
      Math.max(0, ...some.map(({ runs }) => runs)).toLocaleString('en');
    const healthy = most(cells.filter((cell) => isHealthy(cell)));
    return `${healthy} healthy, ${most(cells.filter((cell) => !isHealthy(cell)))} worse`;
  };
  const [real, peers] = [true, false].map((wanted) =>
    of(results.map(({ cell }) => cell).filter((cell) => isReal(cell) === wanted)),
  );
  return `Releases in each cell of this report, at most: ${peers}; of real services ${real}.`;
}
