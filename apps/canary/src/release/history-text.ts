import { durationText, sentence, standingOf, standingText, told } from '@canary/api/view';
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
  const ending = outcome ?? 'left';
  const text =
    endedAt === undefined
      ? told(ending, reason)
      : told(`${ending} after`, reason, ` ${durationText(endedAt - startedAt)}`);
  return `${id}  ${from} -> ${to} ${text}`;
}

/** Why a rollout stands where it stands: one line, how each metric stands, then the figures it was decided on. */
export function explainText(record: RolloutRecord): string[] {
  const { outcome, reason, startedAt, endedAt, stable, canary } = record;
  const release = `${stable.release} -> ${canary.release}`;
  const took = endedAt === undefined ? '' : ` after ${durationText(endedAt - startedAt)}`;
  const decided = decisionOf(record);
  return [
    // The judge says by itself after how long; what came before its verdict is another time.
    `${release} ${told(outcome ?? 'is under way', reason, took)}`,
    ...standingLines(record).map((line) => `  ${sentence(line)}`),
    ...(decided
      ? Object.entries(decided.figures).map(([name, value]) => `  ${name}: ${shown(value)}`)
      : []),
  ];
}

/** How each metric stands, what is in the way, and what a person should know of how it was counted. */
export function standingLines(record: RolloutRecord): string[] {
  const standing = standingOf(record);
  return [...(standing ? standingText(standing) : []), ...(record.judged?.opinion.notes ?? [])];
}

/** The transition that decided how it ended: where it turned back, that; else the judge's last verdict. */
export function decisionOf({
  history,
  turnedBack,
  outcome,
}: Pick<RolloutRecord, 'history' | 'turnedBack' | 'outcome'>): HistoryEntry | undefined {
  if (turnedBack) {
    const turn = history.findLast(({ what }) => what === 'going back');
    if (turn) return turn;
  }
  const own = history.filter(({ figures }) => figures['request'] === undefined);
  const judged = own.findLast(({ figures }) => figures['E needed'] !== undefined);
  return (outcome === 'promoted' ? judged : undefined) ?? own.at(-1);
}

function shown(value: number): string {
  return Number.isInteger(value) ? `${value}` : value.toFixed(4);
}
