import { gateAt, phaseBeganAt, type Opinion, type RolloutRecord } from '@canary/rollout';

type Judgement = NonNullable<Opinion['judgement']>;
type Evidence = Judgement['metrics'][number];

/** How one metric stands; JSON. */
export interface MetricStanding {
  readonly metric: Evidence['metric'];
  /** Events among what was counted: requests, or seconds that pods ran. */
  readonly canary: Evidence['canary'];
  readonly stable: Evidence['stable'];
  /** The threshold of latency, in seconds. */
  readonly slowerThan: number | undefined;
  /** The canary's share of events (restarts: per second of a pod), and that from which on it is worse. */
  readonly value: number;
  readonly threshold: number;
  /** What it has of the evidence for a promotion; undefined where none is waited for, or it needs none of it. */
  readonly promotion: Promotion | undefined;
}

/** How far a metric is on the way to a promotion. */
export interface Promotion {
  readonly evidence: number;
  readonly needed: number;
  /** Something counts for it; requests to pods that are new do not. */
  readonly isCounted: boolean;
  /** Milliseconds until it suffices, soak and all, at this traffic; undefined where that cannot be told. */
  readonly leftMs: number | undefined;
}

/** How a release stands in the eyes of the judge, at its last look of the stage; JSON. */
export interface Standing {
  readonly releases: Judgement['releases'];
  readonly metrics: readonly MetricStanding[];
  /** Evidence against the canary, and what rolls it back. */
  readonly against: { readonly evidence: number; readonly needed: number };
  /** What keeps it from being promoted, whatever is counted. */
  readonly blocker: string | undefined;
  readonly notJudged: Judgement['notJudged'];
}

/** How a release stands; undefined where nothing was weighed in this stage. */
export function standingOf(record: RolloutRecord): Standing | undefined {
  const judgement = record.observation.opinion?.judgement;
  if (!judgement) return undefined;
  const { releases, metrics, logE, needed, blocker, notJudged } = judgement;
  return {
    releases,
    metrics: metrics.map((metric) => metricOf(metric, judgement, record)),
    against: { evidence: finite(logE), needed },
    blocker,
    notJudged,
  };
}

function metricOf(
  { metric, canary, stable, slowerThan, value, threshold, logSafe, safeCounts }: Evidence,
  judgement: Judgement,
  record: RolloutRecord,
): MetricStanding {
  const isAsked = logSafe !== undefined && isWaitedFor(record);
  const promotion = isAsked
    ? {
        evidence: finite(logSafe),
        needed: judgement.neededSafe,
        isCounted: safeCounts !== undefined,
        leftMs: leftOf(judgement, record),
      }
    : undefined;
  return { metric, canary, stable, slowerThan, value, threshold, promotion };
}

/** Elsewhere no verdict is waited for, only for what speaks against it. */
function isWaitedFor(record: RolloutRecord): boolean {
  const isUnderWay = record.outcome === undefined && record.direction === 'forward';
  return isUnderWay && gateAt(record)?.kind === 'verdict';
}

/** The judge knows of no soak: what is left of the gate's, or of the evidence, whichever takes longer. */
function leftOf({ promoteInSeconds, at }: Judgement, record: RolloutRecord): number | undefined {
  if (promoteInSeconds === undefined) return undefined;
  const gate = gateAt(record);
  const soakMs = gate?.kind === 'verdict' ? gate.soakMs : 0;
  return Math.max(promoteInSeconds * 1000, phaseBeganAt(record, at) + soakMs - at);
}

/** Evidence as a number that JSON knows. */
function finite(log: number): number {
  return Math.min(Math.exp(log), Number.MAX_VALUE);
}
