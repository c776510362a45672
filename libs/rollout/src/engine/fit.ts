import type { Opinion } from '../ports/judge.ts';
import { cut, remember } from '../record/history.ts';
import type { RolloutRecord } from '../record/record.ts';
import { NO_SERIES } from '../record/series.ts';

/** Bytes of JSON that a ConfigMap holds, with some room. */
export const SIZE_LIMIT = 1_000_000;
/** Transitions that stay of a record without details. */
const KEPT = { first: 5, newest: 20 } as const;

/**
 * The record as it can be saved: whole where it fits; else without the judge's sums; else without the
 * figures over time and the older transitions as well. What was left out is told in the history, once.
 * A record never is too large to be driven on, or back.
 *
 * @param now milliseconds since the Unix epoch
 */
export function fitting(record: RolloutRecord, now: number): RolloutRecord {
  if (sizeOf(record) <= SIZE_LIMIT) return record;
  const sums = sizeOf(record.judge ?? null);
  const withoutSums = { ...record, judge: undefined };
  const told = record.leftOut
    ? withoutSums
    : remarked(withoutSums, now, {
        leftOut: 'sums',
        why: `the judge's sums are ${sums} bytes, more than fit: a driver that resumes begins them anew`,
      });
  if (sizeOf(told) <= SIZE_LIMIT) return told;
  const bare = withoutDetails(withoutSums);
  if (record.leftOut === 'details') return bare;
  return remarked(bare, now, {
    leftOut: 'details',
    why: `the record has ${sizeOf(record)} bytes, more than fit: the figures over time and the older transitions are left out`,
  });
}

function withoutDetails(record: RolloutRecord): RolloutRecord {
  const { observation, history, forgotten, requests, earlier } = record;
  const kept = [...history.slice(0, KEPT.first), ...history.slice(KEPT.first).slice(-KEPT.newest)];
  return {
    ...record,
    observation: { ...observation, opinion: observation.opinion && briefly(observation.opinion) },
    series: NO_SERIES,
    history: kept.map((entry) => ({ ...entry, what: cut(entry.what), why: cut(entry.why) })),
    forgotten: forgotten + history.length - kept.length,
    requests: requests.map((each) => ({ ...each, by: cut(each.by), reason: cut(each.reason) })),
    earlier: earlier.slice(-KEPT.newest).map((each) => ({ ...each, reason: cut(each.reason) })),
  };
}

/** What was said, without all that it rests on. */
function briefly({ verdict, reason, evidence, requests, ...more }: Opinion): Opinion {
  const couldPromote = more.couldPromote ?? false;
  return { verdict, couldPromote, reason, evidence, requests };
}

function remarked(
  record: RolloutRecord,
  at: number,
  { leftOut, why }: { readonly leftOut: 'sums' | 'details'; readonly why: string },
): RolloutRecord {
  const entry = { at, what: 'saved in part', why, figures: {} };
  return { ...record, ...remember(record, entry), leftOut };
}

function sizeOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}
