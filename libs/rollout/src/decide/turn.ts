import { cut, remember } from '../record/history.ts';
import type { Request } from '../record/request.ts';
import type { Ask, Outcome, RolloutRecord, Side } from '../record/record.ts';
import { rebuildable } from '../record/rebuildable.ts';
import type { Action } from './events.ts';
import type { Move, Position, Role, Standing } from './moves.ts';
import type { Seen } from './seen.ts';

/** A rollout as a driver holds it: what is saved, and what it just knows. */
export interface Rollout {
  readonly record: RolloutRecord;
  /** Undefined until the platform has told, and while it cannot. */
  readonly seen: Seen | undefined;
  /** The look that is under way. */
  readonly looking: number | undefined;
}

/** One turn of the reducer: a rollout that becomes another, and the actions that follow from it. */
export class Turn {
  record: RolloutRecord;
  seen: Seen | undefined;
  looking: number | undefined;
  readonly now: number;
  readonly actions: Action[] = [];

  constructor(rollout: Rollout, now: number) {
    this.record = rollout.record;
    this.seen = rollout.seen;
    this.looking = rollout.looking;
    this.now = now;
  }

  patch(change: Partial<RolloutRecord>): void {
    this.record = { ...this.record, ...change };
  }

  patchSide(role: Role, change: Partial<Side>): void {
    this.patch({ [role]: { ...this.record[role], ...change } });
  }

  /** Writes a transition into the history; its why becomes the record's reason. */
  note(
    what: string,
    why: string,
    figures: Readonly<Record<string, number>> = this.figures(),
  ): void {
    const entry = { at: this.now, what, why, figures };
    this.patch({ ...remember(this.record, entry), reason: cut(why) });
  }

  /** Writes into the history what changes nothing of where the rollout stands. */
  remark(what: string, why: string): void {
    this.patch(remember(this.record, { at: this.now, what, why, figures: {} }));
  }

  /** Writes a command that cannot be followed into the history; the rollout stays as it is. */
  refuse({ command, by, reason, number }: Request, refusal: string): void {
    const why = `${cut(by)}: ${reason}`;
    const entry = { at: this.now, what: command, why, refusal, figures: { request: number } };
    this.patch(remember(this.record, entry));
  }

  /** Ends the rollout, for good or (held) for now. */
  end(outcome: Outcome, why: string): void {
    this.patch({ outcome, endedAt: this.now, deadlineAt: undefined });
    this.note(outcome, why);
  }

  count(counter: keyof RolloutRecord['counters']): number {
    const number = this.record.counters[counter] + 1;
    this.patch({ counters: { ...this.record.counters, [counter]: number } });
    return number;
  }

  /** What both sides have, for decisions: never more ready, and never fewer pods, than there may be. */
  position(): Position {
    return { stable: this.#standing('stable'), canary: this.#standing('canary') };
  }

  /** Whether nothing that was asked for this side is open, and nothing keeps it from being asked. */
  isFree(role: Role): boolean {
    const { ask, retry } = this.record[role];
    const isLeaving = this.seen?.[role]?.deleting === true;
    return ask === undefined && !isLeaving && (retry === undefined || retry.at <= this.now);
  }

  /** Asks for what a move says; false where the side is not free for it yet. */
  ask({ role, replicas }: Move): boolean {
    if (!this.isFree(role)) return false;
    const side = this.record[role];
    const isThere = this.seen?.[role] !== undefined && side.touched;
    const number = this.count('ask');
    const kind = isThere ? 'scale' : 'apply';
    this.#open(role, { number, kind, replicas });
    this.actions.push(
      isThere
        ? { kind: 'scale', ask: number, ref: side.ref, replicas }
        : { kind: 'apply', ask: number, object: rebuildable(side.object, replicas) },
    );
    return true;
  }

  /** Asks for a side's removal, if it is free for it. */
  askRemoval(role: Role): void {
    if (!this.isFree(role)) return;
    const number = this.count('ask');
    this.#open(role, { number, kind: 'remove', replicas: 0 });
    this.actions.push({ kind: 'remove', ask: number, ref: this.record[role].ref });
  }

  /** The figures that every transition is written down with. */
  figures(): Readonly<Record<string, number>> {
    if (!this.seen) return {};
    const { stable, canary } = this.position();
    return {
      'stable ready': stable.ready,
      'stable replicas': stable.replicas,
      'canary ready': canary.ready,
      'canary replicas': canary.replicas,
    };
  }

  #open(role: Role, ask: Pick<Ask, 'number' | 'kind' | 'replicas'>): void {
    const open = { at: this.now, status: 'calling', listing: undefined } as const;
    this.patchSide(role, { ask: { ...ask, ...open }, touched: true });
  }

  #standing(role: Role): Standing {
    const view = this.seen?.[role];
    const { ask } = this.record[role];
    const replicas = Math.max(view?.replicas ?? 0, view?.live ?? 0, ask?.replicas ?? 0);
    const ready = view === undefined || view.deleting ? 0 : view.ready;
    return { replicas, ready: Math.min(ready, ask?.replicas ?? replicas) };
  }
}
