import type { Side } from '../record/record.ts';
import { OBJECT_LIMIT, rebuildable } from '../record/rebuildable.ts';
import { drift, specChanges } from './drift.ts';
import type { Role } from './moves.ts';
import type { View } from './seen.ts';
import type { Turn } from './turn.ts';

/**
 * Finds out from what is seen of a side what became of what was asked for it; and where nothing
 * was asked, whether someone else has changed it.
 *
 * @param isSure the view was taken on purpose, after the last ask was done with
 */
export function settle(turn: Turn, role: Role, view: View | undefined, isSure: boolean): void {
  const side = turn.record[role];
  const { ask, known } = side;
  if (side.adopt) {
    adopt(turn, role, view);
    return;
  }
  if (!ask) {
    watchOver(turn, role, view, isSure);
    return;
  }
  const isUnknown = ask.status === 'unknown';
  if (isUnknown && !isSure) return;
  const isOpen = !isUnknown;

  if (ask.kind === 'remove') {
    const isGone = !view || (known !== undefined && view.uid !== known.uid);
    if (isGone && ask.status !== 'calling') {
      const goneUid = known?.uid ?? side.goneUid;
      const gone = { known: undefined, goneUid, touched: false };
      turn.patchSide(role, { ask: undefined, retry: undefined, ...gone });
    } else if (!isOpen && view?.deleting !== true) drop(turn, role);
    return;
  }
  if (!view) {
    if (ask.kind === 'scale') suspect(turn, role);
    if (!isOpen) drop(turn, role);
    if (!isOpen && ask.kind === 'scale') watchOver(turn, role, view, isSure);
    return;
  }
  const isDone = view.replicas === ask.replicas && !view.deleting;
  const isSettled = view.live <= view.replicas;
  if (ask.kind === 'apply') {
    if (isDone) accept(turn, role, view);
    else if (!isOpen) {
      drop(turn, role);
      watchOver(turn, role, view, isSure);
    }
    return;
  }
  const isAsLeft = view.uid === known?.uid && specChanges(side.object, view.object).length === 0;
  if (isDone && isAsLeft) {
    if (isSettled) accept(turn, role, view);
    else if (!isOpen) turn.patchSide(role, { ask: { ...ask, status: 'called', at: turn.now } });
  } else if (!isOpen || isChanged(side, view)) {
    drop(turn, role);
    watchOver(turn, role, view, isSure);
  }
}

/** Takes what is there as given. */
function adopt(turn: Turn, role: Role, view: View | undefined): void {
  turn.patchSide(role, { adopt: false, ask: undefined, retry: undefined });
  if (view && !view.deleting && turn.record[role].touched) accept(turn, role, view);
  else turn.patchSide(role, { known: undefined });
}

function accept(turn: Turn, role: Role, view: View): void {
  const { uid, generation, replicas } = view;
  const { known, object: before } = turn.record[role];
  turn.patchSide(role, { ask: undefined, retry: undefined });
  if (known?.uid === uid && known.generation === generation && known.replicas === replicas) return;
  const object = rebuildable(view.object, replicas);
  // What somebody has blown up meanwhile must not keep the rollout from being saved.
  const fits = JSON.stringify(object).length <= OBJECT_LIMIT;
  turn.patchSide(role, {
    known: { uid, generation, replicas },
    object: fits ? object : rebuildable(before, replicas),
  });
}

function drop(turn: Turn, role: Role): void {
  turn.patchSide(role, { ask: undefined });
}

/** What does not fit may be a snapshot that is behind: a listing tells. */
function suspect(turn: Turn, role: Role): void {
  const { ask, known } = turn.record[role];
  if (ask?.status === 'unknown') return;
  const asked = ask ?? {
    number: turn.count('ask'),
    kind: 'scale',
    replicas: known?.replicas ?? 0,
    at: turn.now,
  };
  turn.patchSide(role, { ask: { ...asked, status: 'unknown', listing: undefined } });
}

function isChanged(side: Side, view: View): boolean {
  return view.uid !== side.known?.uid || view.generation !== side.known.generation;
}

function watchOver(turn: Turn, role: Role, view: View | undefined, isSure: boolean): void {
  const side = turn.record[role];
  if (!view && side.known && !isSure) {
    suspect(turn, role);
    return;
  }
  const change = drift(side, view);
  const isBack = turn.record.direction === 'back';
  if (change !== undefined && turn.record.outcome === undefined) {
    if (isBack) turn.note('changed meanwhile', change);
    else turn.end('held', `${change}: resume takes it as it is, abort goes back`);
  }
  if (!isBack) return;
  // On the way back whatever is there is brought to where it should be.
  if (!view) turn.patchSide(role, { known: undefined });
  else if (side.touched && !view.deleting && (change !== undefined || !side.known)) {
    accept(turn, role, view);
  }
}
