import type { MetricEvidence, SideCounts } from '../weighing/evidence.ts';
import type { Judgement } from './decide.ts';

/**
 * A judgement in one line for a person, such as `rolled back after 3 s: 14 of 31 requests to 2.0.0
 * failed, 0 of 118 to 1.0.0 (evidence 5.0e8, needed 100)`.
 */
export function describe(judgement: Judgement): string {
  return `${verdictText(judgement)}${notJudgedText(judgement)}`;
}

/** What the verdict says nothing of. */
function notJudgedText({ notJudged }: Judgement): string {
  return notJudged.map(({ metric, why }) => `; ${metric} is not judged: ${why}`).join('');
}

function verdictText(judgement: Judgement): string {
  const { verdict, ground, metrics, most, blocker, afterSeconds } = judgement;
  const after = `after ${Math.round(afterSeconds)} s`;
  const [against, safety] = [evidenceText(judgement), safetyText(judgement)];
  const errors = metrics.find(({ metric }) => metric === 'errors') ?? most;
  // Where nothing speaks against the canary, requests say more than restarts that did not happen.
  const heaviest = countsText(most.logE > ROUNDING ? most : errors, judgement);
  const stays = blocker === undefined ? '' : `; not to be promoted: ${blocker}`;
  switch (verdict) {
    case 'roll back':
      if (ground === 'hanging') return `rolled back ${after}: ${hangingText(judgement)}`;
      if (ground === 'broken') {
        return `rolled back ${after}: plainly broken, ${countsText(errors, judgement)} (${against})`;
      }
      return `rolled back ${after}: ${heaviest} (${against})`;
    case 'promote': {
      const promising = metrics.filter(({ logSafe }) => logSafe !== undefined);
      const counts = promising.map((metric) => safeText(metric, judgement)).join('; ');
      return `promoted ${after}: ${counts} (evidence ${safety})`;
    }
    case 'hold':
      if (ground === 'both failing') return `held ${after}: ${bothText(judgement)}`;
      if (ground === 'objective') return `held ${after}: ${blocker ?? ''}`;
      return `held ${after}: ${heaviest} (${against}; ${safety})${stays}`;
    case 'no data':
      return `no data ${after}: ${missingText(judgement)}${stays}`;
    case 'undecided':
      return `undecided ${after}: ${heaviest}${newText(judgement)} (${against}; ${safety})${stays}`;
  }
}

/** Sums of logs that are 0 may differ from it by as much. */
const ROUNDING = 1e-6;

/** All that was counted so far went to pods that are new. */
function newText({ metrics }: Judgement): string {
  const errors = metrics.find(({ metric }) => metric === 'errors');
  const isNew = errors !== undefined && errors.canary.of > 0 && !errors.safeCounts;
  return isNew ? ', as its pods are new some failures are borne with' : '';
}

function hangingText({ hanging, releases, requests }: Judgement): string {
  const { canary, stable } = releases;
  return hanging === 'silent'
    ? `${canary} does not answer, not even when it is asked for its counters; ${stable} does`
    : `${canary} takes requests and answers none; ${stable} has answered ${count(requests.stable)} since the last look`;
}

function bothText({ bothFailing, releases }: Judgement): string {
  const { x1, n1, x0, n0 } = bothFailing ?? { x1: 0, n1: 0, x0: 0, n0: 0 };
  const sides = [
    { events: x1, of: n1 },
    { events: x0, of: n0 },
  ] as const;
  return `both releases fail most of their requests, so that no comparison helps: ${requestsText(sides, 'failed', releases)}`;
}

function evidenceText({ logE, needed }: Judgement): string {
  return `evidence ${evidenceNumber(logE)}, needed ${count(needed)}`;
}

function safetyText({ logSafe, neededSafe }: Judgement): string {
  return `of safety ${evidenceNumber(logSafe)}, needed ${count(neededSafe)}`;
}

function missingText({ requests, releases, metrics }: Judgement): string {
  const lacking = (['canary', 'stable'] as const).filter((side) => requests[side] === 0);
  const isFirst = metrics.every(({ canary }) => canary.of === 0);
  if (lacking.length === 0) return 'nothing of both releases to compare yet';
  const names = lacking.map((side) => releases[side]).join(' and ');
  return `no requests to ${names} ${isFirst ? 'yet' : 'any more'}`;
}

function countsText(
  { metric, canary, stable, slowerThan }: MetricEvidence,
  { releases }: Judgement,
): string {
  if (metric === 'restarts') {
    const text = ({ events, of }: SideCounts, release: string) =>
      `${count(events)} ${events === 1 ? 'restart' : 'restarts'} in ${count(of)} s of ${release}'s pods`;
    return `${text(canary, releases.canary)}, ${text(stable, releases.stable)}`;
  }
  const what = metric === 'errors' ? 'failed' : `took longer than ${slowerThan ?? 0} s`;
  return requestsText([canary, stable], what, releases);
}

function safeText({ metric, safeCounts }: MetricEvidence, { releases }: Judgement): string {
  const { x1, n1, x0, n0 } = safeCounts ?? { x1: 0, n1: 0, x0: 0, n0: 0 };
  const what = metric === 'errors' ? 'failed' : 'took longer than the objective';
  const sides = [
    { events: x1, of: n1 },
    { events: x0, of: n0 },
  ] as const;
  return requestsText(sides, what, releases);
}

function requestsText(
  [canary, stable]: readonly [SideCounts, SideCounts],
  what: string,
  releases: Judgement['releases'],
): string {
  return `${count(canary.events)} of ${count(canary.of)} requests to ${releases.canary} ${what}, ${count(stable.events)} of ${count(stable.of)} to ${releases.stable}`;
}

const wholeNumber = new Intl.NumberFormat('en');

function count(value: number): string {
  return wholeNumber.format(Math.round(value));
}

/** 0.93, 12.4 or 5.0e8. */
function evidenceNumber(log: number): string {
  const log10 = log / Math.LN10;
  if (log10 < -2) return 'below 0.01';
  if (log10 < 3) return Number(Math.exp(log).toPrecision(3)).toString();
  const exponent = Math.floor(log10);
  const digits = (10 ** (log10 - exponent)).toFixed(1);
  return digits === '10.0' ? `1.0e${exponent + 1}` : `${digits}e${exponent}`;
}
