import type { Role } from '../plan/plan.ts';
import { bounded, boundedFigures } from '../record/bounds.ts';
import { cut } from '../record/history.ts';
import { phaseBeganAt } from '../record/stopped.ts';
import { NO_SERIES, withLook } from '../record/series.ts';
import type { Operation, Problem, Resource } from '../record/record.ts';
import { backoff } from './backoff.ts';
import { takeOffAbsence } from './clocks.ts';
import type { RolloutEvent } from './events.ts';
import { settle } from './operation.ts';
import { gateAt } from './stages.ts';
import type { Turn } from './turn.ts';
import { viewOf, type View } from './workload-state.ts';

type Told<Kind> = Extract<RolloutEvent, { kind: Kind }>;

const ROLES = ['stable', 'canary'] as const;

/** Takes in what a rollout is told, and decides nothing. */
export function applyEvent(turn: Turn, event: RolloutEvent): void {
  switch (event.kind) {
    case 'resumed': {
      resume(turn, event);
      return;
    }
    case 'tick':
      return;
    case 'workloads': {
      see(turn, event);
      return;
    }
    case 'unreachable':
      if (turn.seen) turn.note('unreachable', event.error);
      turn.seen = undefined;
      return;
    case 'called': {
      called(turn, event.operation);
      return;
    }
    case 'call failed':
      for (const role of ROLES) {
        if (turn.record[role].operation?.number === event.operation)
          failed(turn, role, event.error);
      }
      return;
    case 'listing failed':
      for (const role of ROLES) {
        if (turn.record[role].operation?.listing === event.listing) failed(turn, role, event.error);
      }
      return;
    case 'looked': {
      looked(turn, event);
      return;
    }
    case 'look failed': {
      lookFailed(turn, event);
      return;
    }
  }
}

/**
 * An operation that was taken and shows no effect for so many milliseconds is looked into: someone else
 * may have undone it. A call that is still under way is waited for, as it may have its effect yet.
 */
export const EFFECT_MS = 15_000;

/** Lists the workloads where that alone tells what became of an operation. */
export function askWhatBecame(turn: Turn): void {
  for (const role of ROLES) {
    const { operation } = turn.record[role];
    const isLate = operation?.status === 'called' && turn.now >= operation.at + EFFECT_MS;
    if (isLate) patchOperation(turn, role, { status: 'unknown', listing: undefined });
  }
  const due = ROLES.filter((role) => {
    const { operation, retry } = turn.record[role];
    const isOpen = operation?.status === 'unknown' && operation.listing === undefined;
    return isOpen && (retry === undefined || retry.at <= turn.now);
  });
  if (due.length === 0) return;
  const listing = turn.count('listing');
  for (const role of due) patchOperation(turn, role, { listing });
  turn.actions.push({ kind: 'list', listing });
}

function resume(turn: Turn, { absentSince, judgeTrouble }: Told<'resumed'>): void {
  turn.seen = undefined;
  turn.looking = undefined;
  if (turn.record.outcome === undefined && absentSince !== undefined) {
    takeOffAbsence(turn, absentSince);
  }
  if (judgeTrouble !== undefined) {
    turn.patch({ judge: undefined });
    turn.remark('the judge begins anew', judgeTrouble);
  }
  for (const role of ROLES) {
    patchOperation(turn, role, { status: 'unknown', listing: undefined });
    turn.patchResource(role, { retry: undefined });
  }
}

function see(turn: Turn, { workloads, listing }: Told<'workloads'>): void {
  const before = turn.seen;
  const seen: Record<Role, View | undefined> = { stable: undefined, canary: undefined };
  for (const role of ROLES) {
    const resource = turn.record[role];
    const workload = workloads.find(({ ref }) => ref.name === resource.ref.name);
    const view = workload && workload.uid !== resource.goneUid ? viewOf(workload) : undefined;
    const isSure = listing !== undefined && (resource.operation?.listing ?? Infinity) <= listing;
    // A listing may be older than what was watched: it counts for the workload that it was made for.
    const isBehind = isStale(resource, view) || (listing !== undefined && !isSure && before);
    seen[role] = isBehind ? before?.[role] : view;
    if (isBehind && !before) return;
    if (!isBehind) settle(turn, role, view, isSure);
  }
  turn.seen = seen;
  for (const role of ROLES) notice(turn, role, seen[role]);
}

function isStale({ known }: Resource, view: View | undefined): boolean {
  return view?.uid === known?.uid && view !== undefined && view.generation < known!.generation;
}

/** Keeps in mind since when a workload is not ready, and what keeps it from being so. */
function notice(turn: Turn, role: Role, view: View | undefined): void {
  const { operation, known, unreadySince, problem } = turn.record[role];
  const expected = operation?.replicas ?? known?.replicas ?? 0;
  // A rolling update that does not get on leaves the old pods ready.
  const isRolling = view !== undefined && view.updated < view.replicas;
  if ((view?.ready ?? 0) >= expected && !isRolling) {
    if (unreadySince !== undefined || problem) {
      turn.patchResource(role, { unreadySince: undefined, problem: undefined });
    }
    return;
  }
  if (unreadySince === undefined) turn.patchResource(role, { unreadySince: turn.now });
  if (view?.problem && isNews(view.problem, problem)) {
    const { message, reason } = view.problem;
    const said = message === undefined ? undefined : cut(message);
    turn.patchResource(role, {
      problem: { ...view.problem, reason: cut(reason), message: said, since: turn.now },
    });
  }
}

function isNews(now: NonNullable<View['problem']>, before: Problem | undefined): boolean {
  if (!before) return true;
  if (before.fatal) return false;
  return now.fatal || now.reason !== before.reason || now.pod !== before.pod;
}

function called(turn: Turn, number: number): void {
  for (const role of ROLES) {
    const { operation } = turn.record[role];
    if (operation?.number !== number || operation.status !== 'calling') continue;
    patchOperation(turn, role, { status: 'called', at: turn.now });
    turn.patchResource(role, { retry: undefined });
    if (turn.seen) settle(turn, role, turn.seen[role], false);
  }
}

function failed(turn: Turn, role: Role, error: string): void {
  const attempts = (turn.record[role].retry?.attempts ?? 0) + 1;
  patchOperation(turn, role, { status: 'unknown', listing: undefined });
  turn.patchResource(role, {
    retry: { attempts, at: turn.now + backoff(attempts), error: cut(error) },
  });
}

function patchOperation(turn: Turn, role: Role, change: Partial<Operation>): void {
  const { operation } = turn.record[role];
  if (operation) turn.patchResource(role, { operation: { ...operation, ...change } });
}

function looked(turn: Turn, { look, opinion, judge }: Told<'looked'>): void {
  if (turn.looking === look) turn.looking = undefined;
  const { observation, series = NO_SERIES, direction } = turn.record;
  if (look <= observation.number) return;
  turn.patch({ observation: { ...observation, number: look }, judge });
  if (direction === 'back') return;
  const { judgement, ...words } = bounded(opinion, releasesOf(turn));
  turn.patch({
    series: withLook(series, turn.now, words),
    judged: { at: turn.now, opinion: words },
  });
  const isOwn = look >= (observation.since ?? 0);
  // What was begun before counts against the canary, and never for what is waited for now.
  if (!isOwn && words.verdict !== 'roll back') {
    turn.patch({ observation: { ...observation, number: look, dueAt: turn.now } });
    return;
  }
  const requests: Record<string, number> = { ...observation.requests };
  for (const [release, count] of Object.entries(words.requests)) {
    requests[release] = (requests[release] ?? 0) + count;
  }
  turn.patch({
    observation: {
      ...observation,
      number: look,
      dueAt: nextLookAt(turn),
      at: turn.now,
      opinion: judgement ? { ...words, judgement } : words,
      failure: undefined,
      requests: boundedFigures(requests, releasesOf(turn)),
    },
  });
}

function lookFailed(turn: Turn, { look, error }: Told<'look failed'>): void {
  if (turn.looking === look) turn.looking = undefined;
  const { observation } = turn.record;
  if (look <= observation.number) return;
  const failure = { at: turn.now, error: cut(error) };
  const dueAt = nextLookAt(turn);
  turn.patch({ observation: { ...observation, number: look, dueAt, failure } });
}

function releasesOf({ record }: Turn): readonly string[] {
  return [record.canary.release, record.stable.release];
}

/** When to look again: after the plan's pace, and when a gate's time, or its soak, is over. */
function nextLookAt({ record, now }: Turn): number {
  const gate = gateAt(record);
  const next = now + record.plan.everyMs;
  if (gate?.kind !== 'time' && gate?.kind !== 'verdict') return next;
  const endsAt = phaseBeganAt(record) + (gate.kind === 'time' ? gate.ms : gate.soakMs);
  return endsAt > now ? Math.min(next, endsAt) : next;
}
