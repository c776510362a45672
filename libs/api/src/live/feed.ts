import type { PageView } from '../view/page-view.ts';
import { SampleRing, type Backlog } from './sample-ring.ts';
import type { Sample } from './sample.ts';

/** What is new for those who watch. */
export type News =
  | { readonly kind: 'view'; readonly view: PageView }
  | { readonly kind: 'sample'; readonly sample: Sample };

/** Changes that come in a burst are told at once after so many milliseconds. */
const TOGETHER_MS = 40;

/** What a page shows, for everyone who watches it. */
export class Feed {
  readonly #ring = new SampleRing();
  readonly #listeners = new Set<(news: News) => void>();
  readonly #makeView: () => PageView;
  #timer: NodeJS.Timeout | undefined;

  /** @param makeView how things are now */
  constructor(makeView: () => PageView) {
    this.#makeView = makeView;
  }

  view(): PageView {
    return this.#makeView();
  }

  backlog(): Backlog {
    return this.#ring.backlog();
  }

  /** Something of the view has changed. */
  changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#listeners.size > 0) this.#tell({ kind: 'view', view: this.view() });
    }, TOGETHER_MS);
  }

  sampled(sample: Sample): void {
    this.#ring.push(sample);
    this.#tell({ kind: 'sample', sample });
  }

  /** @returns what ends it */
  subscribe(listener: (news: News) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  #tell(news: News): void {
    for (const listener of this.#listeners) listener(news);
  }
}
