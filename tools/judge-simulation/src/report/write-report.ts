import { readFile, writeFile } from 'node:fs/promises';
import { realScenarios } from '../world/real-scenarios.ts';
import { isReal, peerScenarios } from '../world/scenarios.ts';
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
  await writeFile(page, withFigures(real, 'figures', figuresOf(results, claims)));
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

function figuresOf(results: readonly CellResult[], claims: readonly Claim[]): string {
  return [
    `${sizesOf(results)} Fewer than 2,000 and 300 are a report of a share of them (\`--share\`), with wider intervals.`,
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
  const most = (isWanted: (cell: CellResult['cell']) => boolean) =>
    Math.max(0, ...results.filter(({ cell }) => isWanted(cell)).map(({ cell }) => cell.runs));
  const healthy = most((cell) => isHealthy(cell));
  const worse = most((cell) => !isHealthy(cell));
  return `Releases in each cell of this report: ${healthy.toLocaleString('en')} healthy, ${worse.toLocaleString('en')} worse.`;
}
