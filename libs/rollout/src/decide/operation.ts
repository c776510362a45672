import { firstState, type Role } from '../plan/plan.ts';
import type { Operation, Resource } from '../record/record.ts';
import { OBJECT_LIMIT, rebuildable, specOf } from '../record/rebuildable.ts';
import { drift, specChanges } from './drift.ts';
import { templateOf } from './templates.ts';
import type { Turn } from './turn.ts';
import type { View } from './workload-state.ts';

/**
 * Finds out from what is seen of a workload what became of the operation on it; and where there was
 * none, whether someone else has changed it.
 *
 * @param isSure the view was taken on purpose, after the last operation was done with
 */
export function settle(turn: Turn, role: Role, view: View | undefined, isSure: boolean): void {
  const resource = turn.record[role];
  const { operation } = resource;
  if (resource.adopt) {
    adopt(turn, role, view);
    return;
  }
  if (!operation) {
    watchOver(turn, role, view, isSure);
    return;
  }
  const isUnknown = operation.status === 'unknown';
  if (isUnknown && !isSure) return;
  const isOpen = !isUnknown;

  if (operation.kind === 'remove') {
    settleRemoval(turn, role, view);
    return;
  }
  if (!view) {
    if (operation.kind !== 'apply') suspect(turn, role);
    if (!isOpen) drop(turn, role);
    if (!isOpen && operation.kind !== 'apply') watchOver(turn, role, view, isSure);
    return;
  }
  const isDone = isAsAsked(turn, role, view, operation);
  if (operation.kind !== 'scale') {
    if (isDone) accept(turn, role, view);
    else if (!isOpen) {
      drop(turn, role);
      watchOver(turn, role, view, isSure);
    }
    return;
  }
  const isAsLeft =
    view.uid === resource.known?.uid && specChanges(resource.object, view.object).length === 0;
  if (isDone && isAsLeft) {
    if (view.live <= view.replicas) accept(turn, role, view);
    else if (!isOpen) {
      turn.patchResource(role, { operation: { ...operation, status: 'called', at: turn.now } });
    }
  } else if (!isOpen || isChanged(resource, view)) {
    drop(turn, role);
    watchOver(turn, role, view, isSure);
  }
}

function settleRemoval(turn: Turn, role: Role, view: View | undefined): void {
  const { operation, known, goneUid } = turn.record[role];
  const isGone = !view || (known !== undefined && view.uid !== known.uid);
  if (isGone && operation?.status !== 'calling') {
    const gone = { known: undefined, goneUid: known?.uid ?? goneUid, touched: false };
    turn.patchResource(role, { operation: undefined, retry: undefined, ...gone });
  } else if (operation?.status === 'unknown' && view?.deleting !== true) drop(turn, role);
}

function isAsAsked(turn: Turn, role: Role, view: View, { kind, ...asked }: Operation): boolean {
  if (view.deleting) return false;
  if (kind !== 'template') return view.replicas === asked.replicas;
  const isSameOne = view.uid === turn.record[role].known?.uid;
  return isSameOne && templateOf(turn.record, view.object) === asked.template;
}

/** Takes what is there as given. */
function adopt(turn: Turn, role: Role, view: View | undefined): void {
  turn.patchResource(role, { adopt: false, operation: undefined, retry: undefined });
  if (view && !view.deleting && turn.record[role].touched) accept(turn, role, view);
  else turn.patchResource(role, { known: undefined });
}

function accept(turn: Turn, role: Role, view: View): void {
  const { uid, generation, replicas } = view;
  const { known, object: before } = turn.record[role];
  turn.patchResource(role, { operation: undefined, retry: undefined });
  if (known?.uid === uid && known.generation === generation && known.replicas === replicas) return;
  const object = rebuildable(view.object, replicas);
  // What somebody has blown up meanwhile must not keep the rollout from being saved.
  const fits = JSON.stringify(object).length <= OBJECT_LIMIT;
  turn.patchResource(role, {
    known: { uid, generation, replicas },
    object: fits ? object : rebuildable(before, replicas),
  });
  const { templates } = turn.record;
  // What somebody else made of the stable workload is its own from now on.
  if (role === 'stable' && templates && fits && templateOf(turn.record, object) === undefined) {
    turn.patch({ templates: { ...templates, own: specOf(object)['template'] } });
  }
}

function drop(turn: Turn, role: Role): void {
  turn.patchResource(role, { operation: undefined });
}

/** What does not fit may be a snapshot that is behind: a listing tells. */
function suspect(turn: Turn, role: Role): void {
  const { operation, known } = turn.record[role];
  if (operation?.status === 'unknown') return;
  const asked = operation ?? {
    number: turn.count('operation'),
    kind: 'scale',
    replicas: known?.replicas ?? 0,
    at: turn.now,
  };
  turn.patchResource(role, { operation: { ...asked, status: 'unknown', listing: undefined } });
}

function isChanged({ known }: Resource, view: View): boolean {
  return view.uid !== known?.uid || view.generation !== known.generation;
}

function watchOver(turn: Turn, role: Role, view: View | undefined, isSure: boolean): void {
  const resource = turn.record[role];
  if (!view && resource.known && !isSure) {
    suspect(turn, role);
    return;
  }
  if (view && isScaledByOthers(turn, role, view)) {
    accept(turn, role, view);
    return;
  }
  const change = drift(resource, view);
  const isBack = turn.record.direction === 'back';
  if (change !== undefined && turn.record.outcome === undefined) {
    if (isBack) turn.note('changed meanwhile', change);
    else turn.end('held', `${change}: resume takes it as it is, abort goes back`);
  }
  if (!isBack) return;
  // On the way back whatever is there is brought to where it should be.
  if (!view) turn.patchResource(role, { known: undefined });
  else if (resource.touched && !view.deleting && (change !== undefined || !resource.known)) {
    accept(turn, role, view);
  }
}

/** Whether somebody else, such as an autoscaler, has given a workload another size that is not ours to say. */
function isScaledByOthers({ record }: Turn, role: Role, view: View): boolean {
  const { known, object } = record[role];
  const isOurs = role === 'canary' || firstState(record.plan).stable !== undefined;
  if (isOurs || view.deleting || view.uid !== known?.uid) return false;
  return view.replicas !== known.replicas && specChanges(object, view.object).length === 0;
}
