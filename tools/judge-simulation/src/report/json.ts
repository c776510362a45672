import { judges } from '../peers/judges.ts';
import { canaryTitle } from './format.ts';
import type { Claim } from './must-hold.ts';
import type { CellResult, JudgeResult } from './results.ts';

/**
 * All figures as JSON, a line per cell, numbers to four digits; no time or machine is in it, so that runs
 * can be compared.
 */
export function toJson(results: readonly CellResult[], claims: readonly Claim[]): string {
  const cells = results.map(({ cell, byJudge, tuning }) => ({
    scenario: cell.scenario,
    lookSeconds: cell.every,
    rps: cell.rate,
    base: cell.base,
    canary: canaryTitle(cell),
    releases: cell.runs,
    tuning,
    judges: Object.fromEntries(
      cell.judges.map((name) => [name, { title: judges[name].title, ...figures(byJudge[name]!) }]),
    ),
  }));
  const line = (value: unknown) => JSON.stringify(value, rounded);
  const list = (values: readonly unknown[]) => `[\n${values.map(line).join(',\n')}\n]`;
  return `{"mustHold":${list(claims)},\n"cells":${list(cells)}}\n`;
}

function rounded(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value;
}

function figures(result: JudgeResult) {
  const { medianSeconds = null, medianPromoteSeconds = null, halfPromotedSeconds = null } = result;
  return { ...result, medianSeconds, medianPromoteSeconds, halfPromotedSeconds };
}
