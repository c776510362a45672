import { sentence, told } from '@canary/api/view';
import { gateAt, type HistoryEntry, type RolloutRecord } from '@canary/rollout';
import { timeText } from '../duration.ts';

/** The transitions that a record has and an earlier one of the same rollout had not. */
export function newEntries(
  before: RolloutRecord | undefined,
  now: RolloutRecord,
): readonly HistoryEntry[] {
  const count = (record: RolloutRecord) => record.forgotten + record.history.length;
  const isSame = before?.id === now.id;
  const fresh = count(now) - (isSame ? count(before) : 0);
  return fresh <= 0 ? [] : now.history.slice(-fresh);
}

/** What is new in a record since an earlier one, a line each. */
export function newLines(before: RolloutRecord | undefined, now: RolloutRecord): string[] {
  const entries = newEntries(before, now).map(entryLine);
  // A look that led to a transition is told by it.
  return [...entries, ...(entries.length > 0 ? [] : looked(before, now)), ...troubled(before, now)];
}

/** The same without what was seen meanwhile. */
export function transitionLines(before: RolloutRecord | undefined, now: RolloutRecord): string[] {
  return [...newEntries(before, now).map(entryLine), ...troubled(before, now)];
}

/** A transition as a line. */
export function entryLine({ at, what, why, refusal }: HistoryEntry): string {
  const refused = refusal === undefined ? '' : ` (refused: ${sentence(refusal)})`;
  return `${timeText(at)}  ${told(what, why)}${refused}`;
}

function looked(before: RolloutRecord | undefined, now: RolloutRecord): string[] {
  const { observation, paused } = now;
  const { at, opinion, failure } = observation;
  const last = before?.observation;
  if (observation.number <= (last?.number ?? 0)) return [];
  if (failure) return [`${timeText(failure.at)}  not observed: ${failure.error}`];
  if (!opinion || at === undefined) return [];
  const isSame = last?.opinion?.verdict === opinion.verdict;
  const gate = gateAt(now)?.kind;
  const isObserved = (gate === 'time' || gate === 'verdict') && !paused;
  const everyMs = isObserved ? OBSERVED_MS : WAITING_MS;
  return isSame && !isDue(last.at, at, everyMs) ? [] : [`${timeText(at)}  seen: ${opinion.reason}`];
}

/** Looks that say nothing new are told so often in an observation, and while something else is waited for. */
const OBSERVED_MS = 5000;
const WAITING_MS = 60_000;

function isDue(last: number | undefined, now: number, everyMs: number): boolean {
  return last === undefined || Math.floor(last / everyMs) < Math.floor(now / everyMs);
}

/** What every pod goes through: it is news only where it ends the wait, and the transition says so then. */
const STARTING = new Set(['Pending', 'ContainerCreating', 'PodInitializing', 'NotReady']);

function troubled(before: RolloutRecord | undefined, now: RolloutRecord): string[] {
  return (['stable', 'canary'] as const).flatMap((role) => {
    const { problem, ref } = now[role];
    const last = before?.[role].problem;
    if (!problem || STARTING.has(problem.reason)) return [];
    if (last?.reason === problem.reason && last.pod === problem.pod) return [];
    const { since, reason, message, pod } = problem;
    const why = message === undefined ? reason : `${reason}: ${message}`;
    return [`${timeText(since)}  waits: ${pod ?? ref.name}: ${sentence(why)}`];
  });
}
