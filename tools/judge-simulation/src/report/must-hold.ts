import { judges, type JudgeName } from '../peers/judges.ts';
import { isHealthy } from '../run/simulate.ts';
import type { Sampling } from '../world/scenario.ts';
import { isReal, scenarios, type ScenarioName } from '../world/scenarios.ts';
import { significantlyAbove } from './false-alarms.ts';
import { cellTitle, percent } from './format.ts';
import type { CellResult } from './results.ts';

/** Something that must hold and whether it does; or something that is only reported. */
export interface Claim {
  readonly what: string;
  readonly verdict: 'holds' | 'fails' | 'reported';
  /** What was seen at worst. */
  readonly seen: string;
}

/** Scenarios in which what counting assumes holds: both sides' windows are known, pods are alike. */
const ASSUMED: readonly ScenarioName[] = [
  'independent',
  'sharedBursts',
  'outageAtOnce',
  'outagePhases',
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
/** A broken canary may harm so many times as many requests as with a peer, from so many rps on. */
const HARM_SHARE = 0.1;
const HARM_RATE = 10;
/** What is reported without a limit: scenarios in which nothing promises one. */
const REPORTED: readonly Omit<Limit, 'most'>[] = [
  { judges: ['ours'], scenarios: ['podBursts', 'podLongBursts'] },
  { judges: ['robustPatient'], scenarios: ['podBursts'] },
  { judges: ['robust', 'robustPatient'], scenarios: ['podLongBursts'] },
  { judges: ['ours', 'patient'], scenarios: ['outageUnseen'] },
  { judges: ['ours', 'robust'], scenarios: ['slowNode'] },
];
const NO_LIMIT = 1;

/** All that must hold of releases that peers judge as well, and what is reported beside it. */
export function mustHold(all: readonly CellResult[]): Claim[] {
  const results = all.filter(({ cell }) => !isReal(cell));
  const healthy = results.filter(({ cell }) => isHealthy(cell));
  return [
    falseAlarms(healthy, { judges: ['ours', 'patient'], scenarios: ASSUMED, most: 0.01 }),
    falseAlarms(healthy, { judges: ['robust'], scenarios: BURSTS, most: 0.02 }),
    harm(results, 'flagger', 'at once'),
    harm(results, 'argo', 'at once'),
    harm(results, 'flagger', 'phases'),
    harm(results, 'argo', 'phases'),
    ...REPORTED.map((limit) => falseAlarms(healthy, { ...limit, most: NO_LIMIT })),
  ];
}

interface Limit {
  readonly judges: readonly JudgeName[];
  readonly scenarios: readonly ScenarioName[];
  readonly most: number;
}

/** No cell's share of false roll-backs is significantly above the limit. */
function falseAlarms(healthy: readonly CellResult[], limit: Limit): Claim {
  const tested = healthy
    .filter(({ cell }) => limit.scenarios.includes(cell.scenario))
    .flatMap(({ cell, byJudge }) =>
      limit.judges.flatMap((judge) => {
        const result = byJudge[judge];
        return result ? [{ cell, judge, ...result }] : [];
      }),
    )
    .sort((a, b) => b.rolledBack.share - a.rolledBack.share);
  const above = significantlyAbove(tested, limit.most);
  const who = limit.judges.map((name) => judges[name].title).join('; ');
  const where = limit.scenarios.map((name) => scenarios[name].title).join('; ');
  const [atMost, verdict] =
    limit.most === NO_LIMIT
      ? (['', 'reported'] as const)
      : ([` at most ${percent(limit.most)} in each`, isEmpty(above, tested)] as const);
  const shown = (above.length > 0 ? above : tested.slice(0, 1)).map(
    ({ cell, judge, rollBacks }) =>
      `${rollBacks} of ${cell.runs} (${judges[judge].title}: ${cellTitle(cell)})`,
  );
  return {
    what: `False roll-backs (${who})${atMost} of ${tested.length} ${tested.length === 1 ? 'cell' : 'cells'} (${where})`,
    verdict,
    seen: above.length > 0 ? `significantly above: ${shown.join(', ')}` : `at most ${shown.join()}`,
  };
}

function harm(results: readonly CellResult[], peer: 'flagger' | 'argo', sampling: Sampling): Claim {
  const shares = results
    .filter(({ cell }) => cell.times === Infinity && cell.rate >= HARM_RATE)
    .filter(({ cell }) => scenarios[cell.scenario].sampling === sampling)
    .map(({ cell, byJudge }) => ({
      cell,
      share: byJudge.ours!.failed.mean / byJudge[peer]!.failed.mean,
    }))
    .sort((a, b) => b.share - a.share);
  const above = shares.filter(({ share }) => share > HARM_SHARE);
  const shown = (above.length > 0 ? above : shares.slice(0, 1)).map(
    ({ cell, share }) => `${share.toFixed(3)} (${cellTitle(cell)})`,
  );
  const where = sampling === 'phases' ? ', where pods are scraped at phases' : '';
  return {
    what: `Failed requests before a broken canary is rolled back, as a share of those with ${judges[peer].title}${where}, at most a tenth in each of ${shares.length} cells from ${HARM_RATE} rps up`,
    verdict: isEmpty(above, shares),
    seen: `at most ${shown.join(', ')}`,
  };
}

function isEmpty(above: readonly unknown[], tested: readonly unknown[]): 'holds' | 'fails' {
  return tested.length > 0 && above.length === 0 ? 'holds' : 'fails';
}
