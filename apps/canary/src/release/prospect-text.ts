import { aboutText, durationText, percentText } from '@canary/api/view';
import type { Gate, MarginChoice, PlannedRelease, VerdictGate, Workload } from '@canary/rollout';
import { judgingText, notJudgedLines, pointsText } from './judging-text.ts';
import type { Prospect } from './prospect.ts';

/** How a release is judged and what that comes to, a line each. */
export function prospectText(
  { judging, notJudged, choice }: Prospect,
  stable: Workload,
  planned: PlannedRelease,
): string[] {
  const { release } = stable;
  return [
    judgingText(judging, release),
    ...notJudgedLines(notJudged),
    ...(choice ? forecastLines(choice, release, planned) : []),
  ];
}

/** What has to be known before such a release begins; none where all is well. */
export function warnings(
  { judging, choice }: Prospect,
  stable: Workload,
  { stages }: PlannedRelease,
): string[] {
  const verdict = stages.map(({ stage }) => stage.gate).find(isForVerdict);
  if (judging.unjudged !== undefined)
    return [
      `no request to the canary will be judged, ${judging.unjudged}: readiness and restarts decide. See canary metrics`,
    ];
  if (judging.metrics.length === 0 || !verdict) return [];
  const { release } = stable;
  const margin = pointsText(judging.judge.margin ?? 0);
  if (!choice)
    return [
      `how many requests ${release} answers could not be seen, its samples stayed the same: the margin is ${margin}. ${REMEDY}`,
    ];
  const { decideSeconds, isGiven, isInTime, wish } = choice;
  if (decideSeconds === undefined) {
    const why =
      choice.traffic.requests === 0
        ? `no request to ${release} was seen, and without traffic nothing is decided`
        : `at this traffic a margin of ${margin} never decides`;
    return [
      `${why}: the release is held at its limit, ${durationText(verdict.limitMs)}. ${REMEDY}`,
    ];
  }
  const after = aboutText(decideSeconds * 1000);
  const isHeld = decideSeconds * 1000 > verdict.limitMs;
  const limit = isHeld ? `; ${limitText(verdict)}` : '';
  if (!isInTime && !isGiven)
    return [
      `at this traffic nothing is decided within ${durationText(wish.decideWithinSeconds * 1000)}: with the largest margin that is taken unasked, ${margin}, a good canary is promoted after ${after}${limit}. ${REMEDY}`,
    ];
  if (isHeld)
    return [
      `with a margin of ${margin} a good canary is promoted after ${after}${limit}. ${REMEDY}`,
    ];
  return [];
}

const REMEDY =
  'More canary replicas (--steps), a larger --margin, a longer --decide-within and --limit, or --observe <time>, after which time alone promotes, help';

function forecastLines(choice: MarginChoice, stable: string, { stages }: PlannedRelease): string[] {
  const { traffic, margin, isGiven, decideSeconds, finds, wish } = choice;
  const isVerdict = stages.some(({ stage }) => isForVerdict(stage.gate));
  const seen =
    `${stable} answers ${rateText(traffic.requests)} requests per second now, ${percentText(traffic.errors)} of them failing; ` +
    `the canary will get ${percentText(wish.canaryShare)} of them.`;
  const chosen = isGiven ? 'as given' : 'by the traffic';
  const after = decideSeconds === undefined ? 'never' : `after ${aboutText(decideSeconds * 1000)}`;
  const promoted = isVerdict
    ? `Margin ${pointsText(margin)}, ${chosen}: a canary as good as ${stable} is promoted ${after}.`
    : 'Time alone promotes.';
  const found = finds
    .filter(({ seconds }) => seconds < Infinity)
    .map(
      ({ errors, seconds }) => `${percentText(errors)} ${aboutText(Math.max(1, seconds) * 1000)}`,
    );
  if (found.length === 0) return [`${seen} ${promoted}`];
  return [
    `${seen} ${promoted}`,
    `A canary of whose requests so many fail is found after: ${found.join(', ')}.`,
  ];
}

function limitText({ limitMs, onTimeout }: VerdictGate): string {
  return `its limit, ${durationText(limitMs)} (--limit), comes before, and then it is ${AT_LIMIT[onTimeout]}`;
}

const AT_LIMIT: Readonly<Record<VerdictGate['onTimeout'], string>> = {
  hold: 'held',
  promote: 'promoted if it is inside the margin',
  rollback: 'rolled back',
};

function isForVerdict(gate: Gate): gate is VerdictGate {
  return gate.kind === 'verdict';
}

function rateText(rate: number): string {
  return rate < 10 ? String(Number(rate.toPrecision(2))) : rate.toFixed(0);
}
