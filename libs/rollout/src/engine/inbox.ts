import type { Clock } from '../ports/clock.ts';

/** Messages in the order in which they came, for one reader who can wait for the next. */
export class Inbox<Message> {
  #messages: Message[] = [];
  readonly #clock: Clock;
  #wake: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Adds a message; `replaces` picks those that nobody needs to read any more. */
  push(message: Message, replaces: (waiting: Message) => boolean = () => false): void {
    this.#messages = [...this.#messages.filter((waiting) => !replaces(waiting)), message];
    this.#wake?.();
  }

  /** The next message; undefined where none came until that time, or `signal` aborted. */
  async next(until: number, signal: AbortSignal): Promise<Message | undefined> {
    const ms = until - this.#clock.now();
    if (this.#messages.length === 0 && ms > 0 && !signal.aborted) {
      const waiting = new AbortController();
      const stop = () => {
        waiting.abort();
      };
      this.#wake = stop;
      signal.addEventListener('abort', stop);
      await this.#clock.sleep(ms, waiting.signal);
      signal.removeEventListener('abort', stop);
      this.#wake = undefined;
    }
    return this.#messages.shift();
  }
}
