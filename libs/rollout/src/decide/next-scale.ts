import type { Limits, Role } from '../plan/plan.ts';
import type { Split } from '../plan/split.ts';

/** One side as it stands: the replicas asked for, and those of them that are sure to be ready. */
export interface Standing {
  readonly replicas: number;
  readonly ready: number;
}

/** Both sides as they stand. */
export type Position = Readonly<Record<Role, Standing>>;

/** Asks one side for so many replicas. */
export interface Scale {
  readonly role: Role;
  readonly replicas: number;
}

/**
 * The next scaling on the way to a split, or undefined where there is none (yet): it has arrived, or
 * it has to wait for pods to become ready.
 *
 * Up comes before down. Down follows when the other side is ready in full, or earlier where the
 * surge leaves no room for an up, by as much as that up needs. None leaves fewer ready replicas
 * than `minReady` (or than there are, if that is fewer) or asks for more than `maxPods`.
 *
 * @param first the side that grows first, and shrinks last
 */
export function nextScale(
  position: Position,
  target: Split,
  limits: Pick<Limits, 'minReady' | 'maxPods'>,
  first: Role,
): Scale | undefined {
  const last = otherRole(first);
  const room = limits.maxPods - position.stable.replicas - position.canary.replicas;
  const missing = { stable: 0, canary: 0 };
  for (const role of [first, last]) {
    missing[role] = Math.max(0, target[role] - position[role].replicas);
    if (missing[role] > 0 && room > 0) {
      return { role, replicas: position[role].replicas + Math.min(room, missing[role]) };
    }
  }
  for (const role of [last, first]) {
    const { replicas, ready } = position[role];
    const other = position[otherRole(role)];
    const blocked = missing[otherRole(role)];
    if (blocked === 0 && other.ready < other.replicas) continue;
    const needed = Math.min(limits.minReady, ready + other.ready) - other.ready;
    const least = Math.max(target[role], needed, blocked > 0 ? replicas - blocked : 0);
    if (least < replicas) return { role, replicas: least };
  }
  return undefined;
}

/** The side that is not this one. */
function otherRole(role: Role): Role {
  return role === 'stable' ? 'canary' : 'stable';
}
