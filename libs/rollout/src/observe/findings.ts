import {
  nameOf,
  type BySide,
  type LedgerLook,
  type NotJudged,
  type SeriesLedger,
} from '@canary/judge';
import type { PodSample } from '../ports/observer.ts';
import type { SeriesRules } from './judged-series.ts';
import { latencyFindings, type Histogram } from './latency-findings.ts';

/** One release's samples of a look, with what the ledger made of them. */
export interface Seen {
  readonly release: string;
  readonly samples: readonly PodSample[];
  /** Every sample's values by position. */
  readonly values: LedgerLook['values'];
  readonly ledger: SeriesLedger;
  readonly rules: SeriesRules;
}

/** What one release exposes of that which is judged. */
export interface Exposed {
  readonly release: string;
  /** A pod of it exposes the requests' metric with its status. */
  readonly hasStatus: boolean;
  /** Requests that were counted since its pods run. */
  readonly requests: number;
  /** Pods that lack the status label, or have a status that nobody understands; a sentence each. */
  readonly unclear: readonly string[];
  readonly histogram: Histogram;
}

/** What a look shows of both releases beside their counts. */
export interface Findings {
  /** Why the canary must not be promoted, a sentence each. */
  readonly blockers: readonly string[];
  readonly notJudged: readonly NotJudged[];
}

/** What a release exposes; bad series are named for each of its pods. */
export function exposedBy({ release, samples, values, ledger, rules }: Seen): Exposed {
  const { classes, index } = ledger;
  const raws: PodValues[] = [];
  for (const { pod } of samples) {
    const raw = values.get(pod);
    if (raw) raws.push({ pod, raw });
  }
  const sums = sumsOf(raws, classes.length);
  const upTo = new Map<number, number>();
  let requests = 0;
  let hasStatus = false;
  for (const [i, sum] of sums.entries()) {
    const one = classes[i]!;
    if (Number.isNaN(sum)) continue;
    if (typeof one === 'number') upTo.set(one, (upTo.get(one) ?? 0) + sum);
    if (one !== 'answered' && one !== 'failed') continue;
    hasStatus = true;
    requests += sum;
  }
  const noted = [...classes.keys()].filter((i) => classes[i] === 'noted');
  const ofRequests = noted.filter((i) => rules.counters.includes(index.series[i]!.name));
  const unclear = ofRequests.length === 0 ? [] : unclearOf(raws, ofRequests, { ledger, rules });
  const hasBuckets =
    upTo.size > 0 || noted.some((i) => !ofRequests.includes(i) && !Number.isNaN(sums[i]!));
  const hasFamily = () =>
    samples.some(({ series }) =>
      series.some(({ name }) => name.startsWith(`${rules.durations}_`) || name === rules.durations),
    );
  const histogram = { upTo, hasBuckets, hasFamily: hasBuckets || hasFamily() };
  return { release, hasStatus, requests, unclear, histogram };
}

/** What one pod shows, by position. */
interface PodValues {
  readonly pod: string;
  readonly raw: readonly number[];
}

/** By position the sum over the pods; NaN where none exposes it. */
function sumsOf(raws: readonly PodValues[], length: number): number[] {
  const sums = new Array<number>(length).fill(NaN);
  for (const { raw } of raws) {
    for (let i = 0; i < raw.length; i++) {
      const value = raw[i]!;
      if (value >= 0) sums[i] = sums[i]! >= 0 ? sums[i]! + value : value;
    }
  }
  return sums;
}

/** Compares what both releases expose with what is judged. */
export function findingsOf(
  { canary, stable }: BySide<Exposed>,
  rules: SeriesRules,
  wanted: { readonly latency: boolean; readonly asked: boolean; readonly hasSamples: boolean },
): Findings {
  const blockers = [...canary.unclear, ...stable.unclear];
  if (wanted.hasSamples && !canary.hasStatus && canary.unclear.length === 0)
    blockers.push(`no pod of ${canary.release} exposes ${rules.requests} with what is asked for`);
  if (!wanted.latency) return { blockers, notJudged: [] };
  const { why, isCanarys } = latencyFindings({ canary, stable }, rules);
  if (why === undefined) return { blockers, notJudged: [] };
  if (isCanarys || wanted.asked) blockers.push(`latency cannot be judged: ${why}`);
  return { blockers, notJudged: [{ metric: 'latency', why }] };
}

/** What is wrong with the pods' series that are neither answered nor failed, a sentence for each pod. */
function unclearOf(
  raws: readonly PodValues[],
  noted: readonly number[],
  by: Pick<Seen, 'ledger' | 'rules'>,
): string[] {
  return raws.flatMap(({ pod, raw }) => {
    const own = noted.filter((i) => !Number.isNaN(raw[i] ?? NaN));
    const why = own.length > 0 && unclearIn(own, raw, by);
    return why ? [`${pod}: ${why}`] : [];
  });
}

/** What is wrong with a pod's series that are neither answered nor failed. */
function unclearIn(
  noted: readonly number[],
  raw: readonly number[],
  { ledger, rules }: Pick<Seen, 'ledger' | 'rules'>,
): string | undefined {
  const { statusLabel, statusOf, requests } = rules;
  const series = noted.map((i) => ({ ...ledger.index.series[i]!, value: raw[i]! }));
  const unlabelled = series.filter((one) => statusOf(one) === '');
  const isCounting = unlabelled.some(({ value }) => value > 0);
  if (isCounting || (unlabelled.length > 0 && unlabelled.length === series.length)) {
    const there = [...new Set(unlabelled.flatMap(({ labels }) => Object.keys(labels)))].sort();
    return `${requests} has no label ${statusLabel} (there: ${there.join(', ') || 'none'})`;
  }
  const odd = series.find((one) => statusOf(one) !== '' && one.value > 0);
  return odd && `nobody knows what ${nameOf(odd)} means: name failures by --error-status`;
}
