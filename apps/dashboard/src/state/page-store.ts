import { SampleRing, type Backlog, type PageView, type Sample } from '@canary/api/client';

/** `report`: there is no server, what is shown has ended. */
export type Connection = 'connecting' | 'open' | 'lost' | 'refused' | 'report';

/** What the page shows now. */
export interface PageState {
  readonly connection: Connection;
  readonly view: PageView | undefined;
  /** How much the server's clock is ahead of this one, in milliseconds. */
  readonly aheadMs: number;
}

/** Everything that the page knows; tells who listens when it changes. */
export class PageStore {
  readonly ring = new SampleRing();
  /** The newest sample, for the field of dots. */
  last: Sample | undefined;
  #state: PageState;
  readonly #listeners = new Set<() => void>();
  readonly #samplers = new Set<(sample: Sample | undefined) => void>();

  constructor(connection: Connection = 'connecting', view?: PageView) {
    this.#state = { connection, view, aheadMs: view ? view.now - Date.now() : 0 };
  }

  readonly state = (): PageState => this.#state;

  /** Hears of everything but samples. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Hears of every sample; of a whole backlog once, without one. */
  onSamples(listener: (sample: Sample | undefined) => void): () => void {
    this.#samplers.add(listener);
    return () => this.#samplers.delete(listener);
  }

  setConnection(connection: Connection): void {
    if (connection !== this.#state.connection) this.#set({ ...this.#state, connection });
  }

  setView(view: PageView): void {
    this.#set({ ...this.#state, view, aheadMs: view.now - Date.now() });
  }

  takeBacklog({ samples }: Backlog): void {
    this.ring.clear();
    for (const sample of samples) this.ring.push(sample);
    this.last = samples.at(-1);
    for (const listener of this.#samplers) listener(undefined);
  }

  takeSample(sample: Sample): void {
    this.ring.push(sample);
    this.last = sample;
    for (const listener of this.#samplers) listener(sample);
  }

  /** The server's time, in milliseconds since the Unix epoch; in a report when it was made. */
  now(): number {
    const { connection, view, aheadMs } = this.#state;
    return connection === 'report' && view ? view.now : Date.now() + aheadMs;
  }

  #set(state: PageState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
