import { judges, type JudgeName } from '../peers/judges.ts';
import { peerScenarios, type PeerScenarioName, type ScenarioName } from '../world/scenarios.ts';
import type { Situation } from '../world/situation.ts';
import { LOOK_SECONDS } from '../world/world.ts';

/** A situation, and who judges it how often. */
export interface Cell extends Situation {
  /** Its runs' random numbers follow from it. */
  readonly name: string;
  readonly runs: number;
  /** Seconds between two looks; peers take every tenth second's only. */
  readonly every: number;
  /** Peers are tuned on its runs. */
  readonly tunes: boolean;
  readonly judges: readonly JudgeName[];
}

/** How many runs cells have. */
export interface Sizes {
  readonly healthy: number;
  readonly worse: number;
}

export const FULL: Sizes = { healthy: 2000, worse: 300 };
/**
 * So much of all runs.
 *
 * @param share above 0, at most 1
 * @throws where it is not
 */
export function shareOf({ healthy, worse }: Sizes, share: number): Sizes {
  if (!(share > 0 && share <= 1)) {
    throw new Error(`--share ${share} is not possible: give a number above 0 and at most 1`);
  }
  return { healthy: Math.ceil(share * healthy), worse: Math.ceil(share * worse) };
}

/** For a trial of the tool itself: says nothing about judges. */
export const QUICK: Sizes = { healthy: 40, worse: 10 };

const RATES = [1, 10, 100, 1000];
const BASES = [0.001, 0.01];
/** The rates and bases of scenarios other than the plain one. */
const CORNERS = [
  [10, 0.01],
  [100, 0.001],
  [100, 0.01],
  [1000, 0.01],
] as const;

const PEERS: JudgeName[] = ['flagger', 'argo', 'argoStrict', 'argoBackground', 'kayenta'];
const FAST: JudgeName[] = ['flaggerFast', 'argoFast'];
const TUNED: JudgeName[] = ['flaggerTuned', 'argoTuned', 'kayentaTuned'];

/** Scenarios in which pods are not alike, or not seen alike: where the robust option has its place. */
const ROBUST = new Set<ScenarioName>([
  'sharedBursts',
  'outageAtOnce',
  'outagePhases',
  'podBursts',
  'podLongBursts',
  'slowNode',
]);

/** Scenarios in which a promotion would often end the release before anything happens. */
const PATIENT: Partial<Record<ScenarioName, JudgeName>> = {
  sharedBursts: 'patient',
  outageAtOnce: 'patient',
  outagePhases: 'patient',
  outageUnseen: 'patient',
  podBursts: 'robustPatient',
  podLongBursts: 'robustPatient',
};

/** Cells of a canary that is no worse. */
export function healthyCells({ healthy: runs }: Sizes): Cell[] {
  const plain = product(RATES, BASES).map(([rate, base]) =>
    cell({ rate, base, scenario: 'independent' }, runs, [
      'ours',
      ...(rate === 100 ? (['robust', 'patient'] as const) : []),
      ...PEERS,
      ...FAST,
    ]),
  );
  const others = (Object.keys(peerScenarios) as PeerScenarioName[]).filter(
    (name) => name !== 'independent',
  );
  const corners = product(others, CORNERS).map(([scenario, [rate, base]]) =>
    cell({ rate, base, scenario }, runs, [
      'ours',
      ...(ROBUST.has(scenario) ? (['robust'] as const) : []),
      ...(rate === 100 && base === 0.01 ? patientIn(scenario) : []),
      ...PEERS,
    ]),
  );
  return [...plain, ...corners];
}

/** Cells of a canary that is worse. */
export function worseCells({ worse: runs }: Sizes): Cell[] {
  const errors = product(product(RATES, BASES), [1.5, 2, 5, Infinity]).map(
    ([[rate, base], times]) =>
      cell({ rate, base, times, scenario: 'independent' }, runs, [
        'ours',
        ...(rate === 100 ? (['robust'] as const) : []),
        ...PEERS,
        ...FAST,
        ...TUNED,
      ]),
  );
  const latency = product(RATES, [1.05, 1.2, 2]).map(([rate, slower]) =>
    cell({ rate, base: 0.001, latency: slower, scenario: 'independent' }, runs, [
      'ours',
      'flagger',
      'kayenta',
      'flaggerTuned',
      'kayentaTuned',
    ]),
  );
  const rough = ['sharedBursts', 'outagePhases', 'podBursts', 'missing', 'restarts'] as const;
  const scenarioCells = product(product(rough, CORNERS), [5, Infinity]).map(
    ([[scenario, [rate, base]], times]) =>
      cell({ rate, base, times, scenario }, runs, [
        'ours',
        ...(ROBUST.has(scenario) ? (['robust'] as const) : []),
        'flagger',
        'argo',
        'kayenta',
        ...TUNED,
      ]),
  );
  return [...errors, ...latency, ...scenarioCells];
}

/** The name of the cell that peers are tuned on for another: the same, with a canary that is no worse. */
export function healthyName({ rate, base, scenario }: Situation): string {
  return nameOf({ rate, base, scenario, times: 1, latency: 1 });
}

/** Judges of a cell, made for it. */
export function kindsOf({ judges: names }: Cell) {
  return names.map((name) => judges[name]);
}

function patientIn(scenario: ScenarioName): readonly JudgeName[] {
  const patient = PATIENT[scenario];
  return patient ? [patient] : [];
}

type Given = Pick<Situation, 'rate' | 'base' | 'scenario'> & Partial<Situation>;

function cell(given: Given, runs: number, names: readonly JudgeName[]): Cell {
  const situation = { times: 1, latency: 1, ...given };
  const tunes = situation.times === 1 && situation.latency === 1;
  return {
    ...situation,
    name: nameOf(situation),
    runs,
    every: LOOK_SECONDS,
    tunes,
    judges: names,
  };
}

function nameOf({ rate, base, times, latency, scenario }: Situation): string {
  return `${scenario} ${rate} rps base ${base} errors x${times} latency x${latency}`;
}

function product<A, B>(some: readonly A[], others: readonly B[]): [A, B][] {
  return some.flatMap((one) => others.map((other): [A, B] => [one, other]));
}
