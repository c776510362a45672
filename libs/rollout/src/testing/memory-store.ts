import { ConflictError, type RolloutStore, type Stored } from '../ports/store.ts';

/** A store in memory; everything that goes in and out is a copy, as through JSON. */
export class MemoryStore implements RolloutStore {
  readonly #values = new Map<string, { json: string; version: number }>();
  readonly #saves = new EventTarget();
  /** Whether it can be watched; where it cannot, nothing tells of a change. */
  isWatched = true;
  /** Called before every access; what it throws is what the access rejects with. */
  before: (access: 'load' | 'save') => void = () => undefined;
  /** Called after every save that was made. */
  after: () => void = () => undefined;

  load<Value>(key: string): Promise<Stored<Value> | undefined> {
    return Promise.resolve().then(() => {
      this.before('load');
      const stored = this.#values.get(key);
      if (!stored) return undefined;
      return { value: JSON.parse(stored.json) as Value, version: String(stored.version) };
    });
  }

  save(key: string, value: unknown, version: string | undefined): Promise<string> {
    return Promise.resolve().then(() => {
      this.before('save');
      const stored = this.#values.get(key);
      if (String(stored?.version) !== String(version)) {
        throw new ConflictError(
          `${key} is at version ${stored?.version ?? 'none'}, not ${version}`,
        );
      }
      const next = (stored?.version ?? 0) + 1;
      this.#values.set(key, { json: JSON.stringify(value), version: next });
      this.#saves.dispatchEvent(new Event(key));
      this.after();
      return String(next);
    });
  }

  async *watch(key: string, signal: AbortSignal): AsyncGenerator<void> {
    if (!this.isWatched) throw new Error(`${key} may not be watched`);
    const state: { isNews: boolean; wake?: () => void } = { isNews: false };
    const told = () => {
      state.isNews = true;
      state.wake?.();
    };
    this.#saves.addEventListener(key, told);
    signal.addEventListener('abort', told);
    try {
      while (!signal.aborted) {
        yield;
        if (!state.isNews) await new Promise<void>((resolve) => (state.wake = resolve));
        state.isNews = false;
      }
    } finally {
      this.#saves.removeEventListener(key, told);
      signal.removeEventListener('abort', told);
    }
  }
}
