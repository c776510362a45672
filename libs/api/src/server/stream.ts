import type { Context } from 'hono';
import { streamSSE, type SSEMessage } from 'hono/streaming';
import type { Feed, News } from '../live/feed.ts';

/** A page that hears nothing for longer knows that the connection is dead. */
const BEAT_MS = 5000;
const RETRY_MS = 1000;
/** A page that is so many samples behind is told all anew. */
const MOST_WAITING = 120;

/**
 * Tells a page everything, and from then on what is new: events `view`, `backlog` and `sample`, each
 * with an id; `beat` where nothing else was to be told.
 */
export function streamFeed(c: Context, feed: Feed): Response {
  return streamSSE(c, async (stream) => {
    const waiting = new Queue();
    const stop = feed.subscribe((news) => {
      waiting.push(news);
    });
    stream.onAbort(() => {
      stop();
      waiting.end();
    });
    let id = 0;
    const tell = (event: string, data: unknown) => {
      const message: SSEMessage = { event, data: JSON.stringify(data), id: String(++id) };
      return stream.writeSSE({ ...message, retry: RETRY_MS });
    };
    const tellAll = async () => {
      await tell('view', feed.view());
      await tell('backlog', feed.backlog());
    };
    await tellAll();
    const isGone = () => stream.aborted;
    while (!isGone()) {
      const news = await waiting.next(BEAT_MS);
      if (isGone()) return;
      if (news === 'overrun') await tellAll();
      else if (!news) await tell('beat', {});
      else if (news.kind === 'view') await tell('view', news.view);
      else await tell('sample', news.sample);
    }
  });
}

/** What is to be told to one page. Of views only the newest waits. */
class Queue {
  #samples: News[] = [];
  #view: News | undefined;
  #isOverrun = false;
  #wake: (() => void) | undefined;

  push(news: News): void {
    if (news.kind === 'view') this.#view = news;
    else this.#samples.push(news);
    if (this.#samples.length > MOST_WAITING) {
      this.#samples = [];
      this.#view = undefined;
      this.#isOverrun = true;
    }
    this.#wake?.();
  }

  end(): void {
    this.#wake?.();
  }

  /** The next one, or undefined where nothing came for so long. */
  async next(ms: number): Promise<News | 'overrun' | undefined> {
    return this.#take() ?? (await this.#wait(ms), this.#take());
  }

  #take(): News | 'overrun' | undefined {
    if (this.#isOverrun) {
      this.#isOverrun = false;
      return 'overrun';
    }
    const news = this.#view ?? this.#samples.shift();
    if (news === this.#view) this.#view = undefined;
    return news;
  }

  async #wait(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
  }
}
