import { shareInterval } from '@canary/judge';
import type { JudgeName } from '../peers/judges.ts';
import { isHealthy } from '../run/simulate.ts';
import { scenarios, type ScenarioName } from '../world/scenarios.ts';
import type { CellResult } from './results.ts';

/** Something that must hold, and whether it does. */
export interface Claim {
  readonly what: string;
  readonly holds: boolean;
  /** What was seen, worst first. */
  readonly seen: string;
}

/** Scenarios in which what counting assumes holds: both sides' counts cover the same seconds, pods are alike. */
const ASSUMED: readonly ScenarioName[] = [
  'independent',
  'sharedBursts',
  'outageAtOnce',
  'day',
  'missing',
  'restarts',
];
/** Scenarios for which the robust option is made. */
const BURSTS: readonly ScenarioName[] = [
  'sharedBursts',
  'outageAtOnce',
  'outagePhases',
  'podBursts',
];
/** The probability that a judge within its limits in every cell fails the test in any of them. */
const LEVEL = 0.05;
/** A broken canary may harm so many times as many requests as with a peer, from so many rps on. */
const HARM_SHARE = 0.1;
const HARM_RATE = 10;

/** All that must hold. */
export function mustHold(results: readonly CellResult[]): Claim[] {
  return [
    falseAlarms(results, { judges: ['ours', 'patient'], scenarios: ASSUMED, most: 0.01 }),
    falseAlarms(results, { judges: ['robust'], scenarios: BURSTS, most: 0.02 }),
    harm(results, 'flagger'),
    harm(results, 'argo'),
  ];
}

interface Limit {
  readonly judges: readonly JudgeName[];
  readonly scenarios: readonly ScenarioName[];
  readonly most: number;
}

/**
 * No cell's share of false roll-backs is significantly above the limit: an exact one-sided test in each,
 * at a level that makes 5 % for all of them together (Bonferroni).
 */
function falseAlarms(results: readonly CellResult[], limit: Limit): Claim {
  const tested = results
    .filter(({ cell }) => isHealthy(cell) && limit.scenarios.includes(cell.scenario))
    .flatMap(({ cell, byJudge }) =>
      limit.judges.flatMap((judge) => {
        const result = byJudge[judge];
        return result ? [{ cell, count: result.rollBacks }] : [];
      }),
    )
    .sort((a, b) => b.count / b.cell.runs - a.count / a.cell.runs);
  const level = LEVEL / tested.length;
  const isAbove = (count: number, runs: number, confidence: number) =>
    shareInterval(count, runs, confidence).low > limit.most;
  const above = tested.filter(({ cell, count }) => isAbove(count, cell.runs, 1 - 2 * level));
  const worst = tested[0];
  const percent = (100 * limit.most).toFixed(0);
  return {
    what: `false roll-backs with ${limit.judges.includes('robust') ? 'the robust option' : 'the defaults'}: at most ${percent} % in each of ${tested.length} cells (${titles(limit.scenarios)})`,
    holds: tested.length > 0 && above.length === 0,
    seen: worst
      ? `at most ${worst.count} of ${worst.cell.runs} (${worst.cell.name}); significantly above the limit: ${above.map(({ cell }) => cell.name).join(', ') || 'none'}`
      : 'no such cell was run',
  };
}

function harm(results: readonly CellResult[], peer: 'flagger' | 'argo'): Claim {
  const shares = results
    .filter(({ cell }) => cell.times === Infinity && cell.rate >= HARM_RATE)
    .map(({ cell, byJudge }) => ({
      cell,
      share: byJudge.ours!.failed.mean / byJudge[peer]!.failed.mean,
    }))
    .sort((a, b) => b.share - a.share);
  const above = shares.filter(({ share }) => share > HARM_SHARE);
  const shown = (above.length > 0 ? above : shares.slice(0, 1)).map(
    ({ cell, share }) => `${share.toFixed(3)} (${cell.name})`,
  );
  const name = peer === 'flagger' ? 'Flagger’s (1m/5)' : 'Argo Rollouts’ (60 s, failureLimit 1)';
  return {
    what: `failed requests before a broken canary is rolled back: at most a tenth of ${name}, in each of ${shares.length} cells from 10 rps up`,
    holds: shares.length > 0 && above.length === 0,
    seen: `at most ${shown.join(', ')} of them`,
  };
}

function titles(names: readonly ScenarioName[]): string {
  return names.map((name) => scenarios[name].title).join(', ');
}
