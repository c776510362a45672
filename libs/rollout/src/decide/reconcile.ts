import type { DesiredState, Role } from '../plan/plan.ts';
import { nextScale, type Scale } from './next-scale.ts';
import { stageAt } from './stages.ts';
import { templateOf } from './templates.ts';
import type { Turn } from './turn.ts';

/** Which way a state is reached: forward the canary grows first, back the stable release does. */
export type Way = 'forward' | 'back';

const ROLES = ['stable', 'canary'] as const;

/**
 * Brings what is there nearer to a desired state, one operation for each resource at a time; true
 * once it is there and ready, with nothing under way.
 *
 * Replicas come first, then the stable workload's template, then what is to go. On the way back the
 * template does not wait for anything: what fails is not to grow.
 */
export function reconcile(turn: Turn, state: DesiredState, way: Way): boolean {
  if (way === 'back') askForTemplate(turn, state);
  if (!scaleTo(turn, state, way)) return false;
  const staying = ROLES.filter((role) => role !== state.removed);
  if (!staying.every((role) => isReady(turn, role, state, way))) return false;
  if (!askForTemplate(turn, state)) return false;
  return state.removed === undefined || isGone(turn, state.removed, way);
}

/** Whether the stable workload is taking the canary's template over, or has done so. */
export function takesOver({ record }: Turn): boolean {
  return stageAt(record)?.set.template !== undefined;
}

/** Whether the stable workload has the template that it is to have, and every pod of it; asks for it. */
function askForTemplate(turn: Turn, state: DesiredState): boolean {
  const template = state.template ?? 'own';
  const { stable } = turn.seen ?? {};
  if (!turn.record.templates || !stable || stable.deleting) return true;
  const { operation } = turn.record.stable;
  const now = operation?.kind === 'template' ? operation.template : undefined;
  const has = now ?? templateOf(turn.record, stable.object) ?? 'own';
  if (has !== template) {
    turn.askTemplate(template);
    return false;
  }
  if (operation) return false;
  return stable.updated >= stable.replicas && stable.live === stable.replicas;
}

/** Scales what is to be scaled; false where more of it has to wait for its turn. */
function scaleTo(turn: Turn, state: DesiredState, way: Way): boolean {
  for (;;) {
    const scale = nextOf(turn, state, way);
    if (!scale) return true;
    if (!turn.askScale(scale)) return false;
  }
}

function nextOf(turn: Turn, state: DesiredState, way: Way): Scale | undefined {
  const position = turn.position();
  // A workload that goes forward is not scaled down before: it goes at once, and no sooner.
  const goalOf = (role: Role) => {
    const isLeft = way === 'forward' && state.removed === role;
    return isLeft ? position[role].replicas : (state[role] ?? position[role].replicas);
  };
  const goal = { stable: goalOf('stable'), canary: goalOf('canary') };
  if (state.stable === undefined) {
    // Beside a workload that has its size from elsewhere there is nothing to be kept in balance.
    const { canary } = goal;
    return canary === position.canary.replicas ? undefined : { role: 'canary', replicas: canary };
  }
  return nextScale(
    position,
    goal,
    turn.record.plan.limits,
    way === 'forward' ? 'canary' : 'stable',
  );
}

function isReady(turn: Turn, role: Role, state: DesiredState, way: Way): boolean {
  const { replicas, ready } = turn.position()[role];
  const { operation } = turn.record[role];
  if (way === 'forward' && state.removed !== undefined) {
    const least = state.stable === undefined ? 1 : turn.record.plan.limits.minReady;
    return ready >= least && ready >= replicas && ready > 0;
  }
  const isThere = replicas === (state[role] ?? replicas) && ready === replicas;
  return isThere && operation === undefined;
}

function isGone(turn: Turn, role: Role, way: Way): boolean {
  const { touched } = turn.record[role];
  if (!touched) return true;
  // Asked even where none is seen: a call that was given up may have landed late.
  if (way === 'forward' || turn.position()[role].replicas === 0) turn.askRemoval(role);
  return false;
}
