import { durationText, sentence } from '@canary/api/view';
import type { Earlier, HistoryEntry, RolloutRecord } from '@canary/rollout';
import { entryLine } from './narrate.ts';

/** How the rollouts before it ended, then every transition of a rollout: a line each. */
export function historyText({ id, history, forgotten, earlier }: RolloutRecord): string[] {
  const lines = history.map(entryLine);
  if (forgotten > 0) lines.splice(20, 0, `  … ${forgotten} transitions were left out …`);
  return [...earlier.map(earlierLine), id, ...lines];
}

/** A release before the last one, in a line. */
function earlierLine({ id, from, to, startedAt, endedAt, outcome, reason }: Earlier): string {
  const took = endedAt === undefined ? '' : ` after ${durationText(endedAt - startedAt)}`;
  return `${id}  ${from} -> ${to} ${outcome ?? 'left'}${took}: ${sentence(reason)}`;
}

/** Why a rollout stands where it stands: one line, then the figures it was decided on. */
export function explainText(record: RolloutRecord): string[] {
  const { outcome, reason, startedAt, endedAt, stable, canary } = record;
  const release = `${stable.release} -> ${canary.release}`;
  const took = endedAt === undefined ? '' : ` after ${durationText(endedAt - startedAt)}`;
  const decided = decisionOf(record);
  const ended = outcome ?? 'is under way';
  // The judge says by itself after how long; what came before its verdict is another time.
  const judged = reason.startsWith(`${ended} `);
  return [
    `${release} ${judged ? sentence(reason) : `${ended}${took}: ${sentence(reason)}`}`,
    ...(decided
      ? Object.entries(decided.figures).map(([name, value]) => `  ${name}: ${shown(value)}`)
      : []),
  ];
}

/** The transition that decided how it ended: where it turned back, that. */
export function decisionOf({
  history,
  turnedBack,
}: Pick<RolloutRecord, 'history' | 'turnedBack'>): HistoryEntry | undefined {
  const turn = turnedBack && history.findLast(({ what }) => what === 'going back');
  return turn ?? history.findLast(({ figures }) => figures['request'] === undefined);
}

function shown(value: number): string {
  return Number.isInteger(value) ? `${value}` : value.toFixed(4);
}
