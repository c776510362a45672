import type { Action, RolloutEvent } from '../decide/events.ts';
import type { Clock } from '../ports/clock.ts';
import type { Judge, JudgeContext } from '../ports/judge.ts';
import type { Platform, Selector } from '../ports/platform.ts';
import { messageOf } from './errors.ts';

/** What actions are carried out with, and who is told what became of them. */
export interface HandsOptions {
  readonly platform: Platform;
  readonly judge: Judge;
  readonly clock: Clock;
  readonly selector: Selector;
  readonly signal: AbortSignal;
  readonly report: (event: RolloutEvent) => void;
}

/** A look that takes longer has failed. */
const LOOK_TIMEOUT_MS = 30_000;

/** Carries actions out, without waiting for them: what becomes of each is reported as an event. */
export class Hands {
  readonly #options: HandsOptions;
  #begun = '';
  #isLooking = false;

  constructor(options: HandsOptions) {
    this.#options = options;
  }

  carryOut(action: Action): void {
    const { platform } = this.#options;
    switch (action.kind) {
      case 'apply': {
        this.#call(action.operation, platform.apply([action.object]));
        return;
      }
      case 'scale': {
        this.#call(action.operation, platform.scale(action.ref, action.replicas, action.uid));
        return;
      }
      case 'remove': {
        this.#call(action.operation, platform.remove(action.ref, action.uid));
        return;
      }
      case 'template': {
        const { operation, ref, template, uid } = action;
        this.#call(operation, platform.setTemplate(ref, template, uid));
        return;
      }
      case 'list':
        return void this.#list(action.listing);
      case 'look':
        if (!this.#isLooking) void this.#look(action.look, action.context);
    }
  }

  #call(operation: number, call: Promise<void>): void {
    const { clock, report } = this.#options;
    call.then(
      () => {
        report({ kind: 'called', at: clock.now(), operation });
      },
      (error: unknown) => {
        report({ kind: 'call failed', at: clock.now(), operation, error: messageOf(error) });
      },
    );
  }

  async #list(listing: number): Promise<void> {
    const { platform, selector, clock, report } = this.#options;
    try {
      const workloads = await platform.list(selector);
      report({ kind: 'workloads', at: clock.now(), workloads, listing });
    } catch (error) {
      report({ kind: 'listing failed', at: clock.now(), listing, error: messageOf(error) });
    }
  }

  async #look(look: number, context: JudgeContext): Promise<void> {
    const { judge, clock, report } = this.#options;
    this.#isLooking = true;
    try {
      const phase = `${context.stage} ${context.startedAt}`;
      if (phase !== this.#begun) judge.begin(context);
      this.#begun = phase;
      const opinion = await this.#withinTime((signal) => judge.look(signal));
      const [at, state] = [clock.now(), judge.state()];
      report({ kind: 'looked', at, look, opinion, judge: state });
    } catch (error) {
      report({ kind: 'look failed', at: clock.now(), look, error: messageOf(error) });
    } finally {
      this.#isLooking = false;
    }
  }

  async #withinTime<Result>(begin: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const { clock, signal } = this.#options;
    const done = new AbortController();
    const stop = () => {
      done.abort();
    };
    signal.addEventListener('abort', stop);
    const tooLate = clock.sleep(LOOK_TIMEOUT_MS, done.signal).then(() => {
      throw new Error(`the look took longer than ${LOOK_TIMEOUT_MS / 1000} s`);
    });
    tooLate.catch(() => undefined);
    try {
      return await Promise.race([begin(done.signal), tooLate]);
    } finally {
      done.abort();
      signal.removeEventListener('abort', stop);
    }
  }
}
