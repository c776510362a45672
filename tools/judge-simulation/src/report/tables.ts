import { judges, type JudgeName } from '../peers/judges.ts';
import { isHealthy } from '../run/simulate.ts';
import type { Scenario } from '../world/scenario.ts';
import { scenarios } from '../world/scenarios.ts';
import { amount, baseTitle, canaryTitle, interval, percent, table } from './format.ts';
import type { CellResult, JudgeResult, Mean } from './results.ts';

const NOT_RUN = '·';

/** What happens in each scenario. */
export function scenarioTable(shown: Readonly<Record<string, Scenario>>): string {
  const rows = Object.values(shown).map(({ title, describes }) => [title, describes]);
  return table(['scenario', 'what happens'], rows, 2);
}

/** False roll-backs, and promotions: a row per cell of a canary that is no worse. */
export function healthyTables(results: readonly CellResult[]): string {
  const healthy = results.filter(({ cell }) => isHealthy(cell));
  const byCell = (names: readonly JudgeName[], show: (result: JudgeResult) => string) =>
    table(
      ['scenario', 'rps', 'base', ...names.map((name) => judges[name].title)],
      healthy.map(({ cell, byJudge }) => [
        scenarios[cell.scenario].title,
        amount(cell.rate),
        baseTitle(cell.base),
        ...names.map((name) => {
          const result = byJudge[name];
          return result ? show(result) : NOT_RUN;
        }),
      ]),
    );
  const own = ['ours', 'robust', 'patient', 'robustPatient'] as const;
  const peers = ['flagger', 'argo', 'argoStrict', 'argoBackground', 'kayenta'] as const;
  return [
    '### False roll-backs of a canary that is no worse',
    'Share of releases with its exact interval of 95 %.',
    byCell(own, ({ rolledBack }) => interval(rolledBack)),
    'The peers on the same releases:',
    byCell([...peers, 'flaggerFast', 'argoFast'], ({ rolledBack }) => interval(rolledBack)),
    '### Promotions of a canary that is no worse, within the hour',
    byCell(['ours', 'robust', ...peers], ({ promoted }) => percent(promoted.share)),
  ].join('\n\n');
}

/** Roll-backs of a worse canary at 100 rps, in short: share @ median seconds / what it harmed. */
export function shortTable(results: readonly CellResult[]): string {
  const names: readonly JudgeName[] = [
    'ours',
    'flagger',
    'argo',
    'kayenta',
    'flaggerTuned',
    'argoTuned',
    'kayentaTuned',
  ];
  const shown = results.filter(
    ({ cell }) =>
      !isHealthy(cell) &&
      cell.scenario === 'independent' &&
      cell.latency === 1 &&
      cell.rate === 100,
  );
  return table(
    ['canary', 'base', ...names.map((name) => judges[name].title)],
    shown.map(({ cell, byJudge }) => [
      canaryTitle(cell),
      baseTitle(cell.base),
      ...names.map((name) => inShort(byJudge[name])),
    ]),
  );
}

function inShort(result: JudgeResult | undefined): string {
  if (!result) return NOT_RUN;
  const { rolledBack, medianSeconds, failed } = result;
  const after = medianSeconds === undefined ? '' : ` @ ${medianSeconds} s`;
  return `${percent(rolledBack.share)}${after} / ${amount(failed.mean)}`;
}

/** Everything about worse canaries: a table per scenario, rate and base. */
export function worseTables(results: readonly CellResult[]): string {
  const worse = results.filter(({ cell }) => !isHealthy(cell));
  const groups = new Map<string, CellResult[]>();
  for (const result of worse) {
    const { scenario, rate, base, latency } = result.cell;
    const what = latency > 1 ? 'slower' : 'more errors';
    const title = `${scenarios[scenario].title}, ${amount(rate)} rps, base ${baseTitle(base)}, ${what}`;
    groups.set(title, [...(groups.get(title) ?? []), result]);
  }
  return [...groups]
    .map(([title, group]) =>
      [`<details><summary>${title}</summary>`, groupTable(group), '</details>'].join('\n\n'),
    )
    .join('\n\n');
}

function groupTable(group: readonly CellResult[]): string {
  const isSlower = group[0]!.cell.latency > 1;
  const rows = group.flatMap(({ cell, byJudge }) =>
    cell.judges.map((name) => {
      const { rolledBack, medianSeconds, failed, requests, promoted } = byJudge[name]!;
      return [
        canaryTitle(cell),
        judges[name].title,
        interval(rolledBack),
        medianSeconds === undefined ? '–' : `${medianSeconds} s`,
        withError(isSlower ? requests : failed),
        interval(promoted),
      ];
    }),
  );
  const harmed = isSlower ? 'requests to it' : 'extra failed requests';
  return table(['canary', 'judge', 'rolled back', 'median time', harmed, 'promoted'], rows, 2);
}

/** Twice the standard error goes with the mean where it is worth a word. */
function withError({ mean, error }: Mean): string {
  return 2 * error < 0.001 * mean ? amount(mean) : `${amount(mean)} ± ${amount(2 * error)}`;
}

/** What peers were tuned to. */
export function tuningTable(results: readonly CellResult[]): string {
  return table(
    ['scenario', 'rps', 'base', 'Flagger success', 'Flagger p99', 'Argo success', 'Kayenta z'],
    results
      .filter(({ cell }) => isHealthy(cell))
      .flatMap(({ cell, tuning }) => {
        if (!tuning) return [];
        return [
          [
            scenarios[cell.scenario].title,
            amount(cell.rate),
            baseTitle(cell.base),
            `${(100 * tuning.flaggerSuccess).toFixed(2)} %`,
            `${(1000 * tuning.flaggerSeconds).toFixed(0)} ms`,
            `${(100 * tuning.argoSuccess).toFixed(2)} %`,
            tuning.kayentaZ.toFixed(2),
          ],
        ];
      }),
  );
}
