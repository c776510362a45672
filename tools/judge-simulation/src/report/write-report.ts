import { readFile, writeFile } from 'node:fs/promises';
import { toJson } from './json.ts';
import type { Claim } from './must-hold.ts';
import { falseAlarmPlot, harmPlot, timePlot } from './plots.ts';
import type { CellResult } from './results.ts';
import { healthyTables, scenarioTable, shortTable, tuningTable, worseTables } from './tables.ts';

const BEGIN = '<!-- figures: written by `npx nx run judge-simulation:run` -->';
const END = '<!-- end of the figures -->';

/** Writes the figures into docs/judge-simulation.md between their markers, as JSON beside it, and the plots. */
export async function writeReport(
  results: readonly CellResult[],
  claims: readonly Claim[],
  docs: URL,
): Promise<void> {
  const page = new URL('judge-simulation.md', docs);
  await writeFile(page, between(await readFile(page, 'utf8'), figuresOf(results, claims)));
  await writeFile(new URL('judge-simulation.json', docs), toJson(results, claims));
  const plots = {
    'false-roll-backs': falseAlarmPlot,
    'time-to-roll-back': timePlot,
    'harm-of-a-broken-canary': harmPlot,
  };
  for (const [name, plot] of Object.entries(plots)) {
    await writeFile(new URL(`images/judge-${name}.svg`, docs), plot(results));
  }
}

/** The page with other figures. */
export function between(page: string, figures: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) {
    throw new Error(
      `docs/judge-simulation.md lacks its markers: add the lines ${BEGIN} and ${END}`,
    );
  }
  return `${page.slice(0, begin)}${BEGIN}\n\n${figures}\n\n${page.slice(end)}`;
}

function figuresOf(results: readonly CellResult[], claims: readonly Claim[]): string {
  return [
    '## What must hold',
    claims.map(({ what, verdict, seen }) => `- **${verdict}**: ${what}: ${seen}.`).join('\n'),
    '## Scenarios',
    scenarioTable(),
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
