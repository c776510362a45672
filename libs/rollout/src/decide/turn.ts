import type { Role } from '../plan/plan.ts';
import { cut, remember } from '../record/history.ts';
import type { Request } from '../record/request.ts';
import type {
  Operation,
  Outcome,
  Resource,
  RolloutRecord,
  TemplateName,
} from '../record/record.ts';
import { rebuildable } from '../record/rebuildable.ts';
import type { Action } from './events.ts';
import type { Position, Scale, Standing } from './next-scale.ts';
import type { Seen } from './workload-state.ts';

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

  patchResource(role: Role, change: Partial<Resource>): void {
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

  /** What both workloads have, for decisions: never more ready, and never fewer pods, than there may be. */
  position(): Position {
    return { stable: this.#standing('stable'), canary: this.#standing('canary') };
  }

  /** Whether no operation on this workload is open, and nothing keeps one from being asked for. */
  isFree(role: Role): boolean {
    const { operation, retry } = this.record[role];
    const isLeaving = this.seen?.[role]?.deleting === true;
    return operation === undefined && !isLeaving && (retry === undefined || retry.at <= this.now);
  }

  /** Asks for so many replicas; false where the workload is not free for it yet. */
  askScale({ role, replicas }: Scale): boolean {
    if (!this.isFree(role)) return false;
    const { ref, touched, object, known } = this.record[role];
    const isThere = this.seen?.[role] !== undefined && touched;
    const operation = this.#begin(role, { kind: isThere ? 'scale' : 'apply', replicas });
    this.actions.push(
      isThere
        ? { kind: 'scale', operation, ref, replicas, uid: known?.uid }
        : { kind: 'apply', operation, object: rebuildable(object, replicas) },
    );
    return true;
  }

  /** Asks for the stable workload's other template, if it is free for that. */
  askTemplate(template: TemplateName): void {
    const { ref, known } = this.record.stable;
    if (!this.isFree('stable') || known === undefined) return;
    const operation = this.#begin('stable', {
      kind: 'template',
      template,
      replicas: known.replicas,
    });
    const wanted = this.record.templates?.[template];
    this.actions.push({ kind: 'template', operation, ref, template: wanted, uid: known.uid });
  }

  /** Asks for a workload's removal, if it is free for it. */
  askRemoval(role: Role): void {
    if (!this.isFree(role)) return;
    const operation = this.#begin(role, { kind: 'remove', replicas: 0 });
    const { ref, known } = this.record[role];
    this.actions.push({ kind: 'remove', operation, ref, uid: known?.uid });
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

  #begin(role: Role, what: Pick<Operation, 'kind' | 'replicas' | 'template'>): number {
    const number = this.count('operation');
    const open = { number, at: this.now, status: 'calling', listing: undefined } as const;
    this.patchResource(role, { operation: { ...what, ...open }, touched: true });
    return number;
  }

  #standing(role: Role): Standing {
    const view = this.seen?.[role];
    const { operation } = this.record[role];
    const replicas = Math.max(view?.replicas ?? 0, view?.live ?? 0, operation?.replicas ?? 0);
    const ready = view === undefined || view.deleting ? 0 : view.ready;
    return { replicas, ready: Math.min(ready, operation?.replicas ?? replicas) };
  }
}
