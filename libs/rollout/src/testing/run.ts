import type { Action, RolloutEvent } from '../decide/events.ts';
import { reduce } from '../decide/reduce.ts';
import type { Rollout } from '../decide/turn.ts';
import type { Plan } from '../plan/plan.ts';
import type { Verdict } from '../ports/judge.ts';
import type { Workload } from '../ports/platform.ts';
import { newRollout } from '../record/new-rollout.ts';
import type { RolloutRecord } from '../record/record.ts';
import type { Command } from '../record/request.ts';
import type { Happening } from './happening.ts';
import { Model } from './model.ts';
import { deployment, selector, STABLE } from './objects.ts';

/** A call under way: what a listing gave, or was to see, once it has landed. */
interface Call {
  readonly action: Action;
  landed: Workload[] | undefined;
}

/** The reducer between a model of a platform and whatever happens. */
export class Run {
  readonly model: Model;
  readonly plan: Plan;
  readonly calls: Call[] = [];
  /** What the watch has seen and not delivered yet, oldest first. */
  captured: Workload[][] = [];
  looking: number | undefined;
  now = 1000;
  rollout: Rollout;
  /** Ready replicas before and after every landed call, and replicas asked for after it. */
  readonly effects: { action: Action; before: number; after: number; asked: [number, number] }[] =
    [];

  constructor(plan: Plan) {
    this.plan = plan;
    this.model = new Model(plan.stableReplicas);
    const record = newRollout({
      id: 'r1',
      app: 'myapp',
      selector,
      plan,
      workloads: this.model.snapshot(),
      stable: STABLE,
      canary: deployment('2', 1),
      now: this.now,
    });
    this.rollout = { record, seen: undefined, looking: undefined };
    this.tell({ kind: 'resumed', at: this.now });
  }

  tell(event: RolloutEvent): void {
    const { rollout, actions } = reduce(this.rollout, event);
    this.rollout = rollout;
    for (const action of actions) {
      if (action.kind === 'look') this.looking = action.look;
      else this.calls.push({ action, landed: undefined });
    }
  }

  happen(happening: Happening): void {
    const { now: at, model } = this;
    switch (happening.do) {
      case 'capture':
        this.captured.push(model.snapshot());
        return;
      case 'watch':
        this.tell({ kind: 'workloads', at, workloads: this.captured.shift() ?? model.snapshot() });
        return;
      case 'reconcile': {
        model.reconcile();
        return;
      }
      case 'all ready': {
        model.allReady();
        return;
      }
      case 'ready':
      case 'unready': {
        model.oneReady(happening.role, happening.do === 'ready');
        return;
      }
      case 'restart':
        this.calls.length = 0;
        this.captured = [];
        this.looking = undefined;
        // As from the store: nothing that JSON cannot say may matter.
        this.rollout = {
          record: JSON.parse(JSON.stringify(this.rollout.record)) as RolloutRecord,
          seen: undefined,
          looking: undefined,
        };
        {
          this.tell({ kind: 'resumed', at });
          return;
        }
      case 'outage': {
        this.tell({ kind: 'unreachable', at, error: 'out of reach' });
        return;
      }
      case 'pass':
        this.now += happening.ms;
        {
          this.tell({ kind: 'tick', at: this.now });
          return;
        }
      case 'look': {
        this.look(happening.verdict);
        return;
      }
      case 'command': {
        this.command(happening.command);
        return;
      }
      case 'meddle': {
        model.meddle(happening.role, happening.how);
        return;
      }
      case 'land':
      case 'answer':
      case 'fail': {
        this.call(happening.do, happening.which);
        return;
      }
    }
  }

  call(how: 'land' | 'answer' | 'fail', which: number): void {
    const call = this.calls[which % Math.max(1, this.calls.length)];
    if (!call) return;
    if (how === 'land' || (how === 'answer' && !call.landed)) this.land(call);
    if (how === 'land') return;
    this.calls.splice(this.calls.indexOf(call), 1);
    const { action, landed } = call;
    const [at, error] = [this.now, 'no answer'];
    if (action.kind === 'list') {
      if (how !== 'answer' || !landed) {
        this.tell({ kind: 'listing failed', at, listing: action.listing, error });
      } else this.tell({ kind: 'workloads', at, workloads: landed, listing: action.listing });
    } else if (action.kind !== 'look') {
      if (how === 'answer') this.tell({ kind: 'called', at, operation: action.operation });
      else this.tell({ kind: 'call failed', at, operation: action.operation, error });
    }
  }

  land(call: Call): void {
    if (call.landed) return;
    const { model } = this;
    const [before, asked] = [model.ready(), model.asked()];
    model.land(call.action);
    const after = [model.ready(), model.asked()] as const;
    this.effects.push({ action: call.action, before, after: after[0], asked: [asked, after[1]] });
    call.landed = model.snapshot();
  }

  look(verdict: Verdict | 'fails'): void {
    const { looking: look, now: at } = this;
    if (look === undefined) return;
    this.looking = undefined;
    if (verdict === 'fails') {
      this.tell({ kind: 'look failed', at, look, error: 'no answer' });
      return;
    }
    const opinion = { verdict, reason: verdict, evidence: {}, requests: {} };
    this.tell({ kind: 'looked', at, look, opinion, judge: { look } });
  }

  command(command: Command): void {
    const { record } = this.rollout;
    const request = { number: 1, command, reason: 'so', by: 'eve', at: this.now };
    const isOver = record.outcome !== undefined;
    this.rollout = { ...this.rollout, record: { ...record, requests: [request] } };
    // Whoever takes up a rollout that has ended is another driver.
    if (isOver) this.happen({ do: 'restart' });
    else this.tell({ kind: 'tick', at: this.now });
  }

  /** From now on the platform does what it is asked, and pods become ready. */
  settle(): void {
    for (let round = 0; round < 200 && this.rollout.record.outcome === undefined; round++) {
      while (this.calls.length > 0) this.call('answer', 0);
      this.model.reconcile();
      this.model.allReady();
      this.captured = [];
      this.happen({ do: 'watch' });
      this.look('undecided');
      this.happen({ do: 'pass', ms: 10_000 });
    }
  }
}
