import { useEffect, useState, useSyncExternalStore } from 'hono/jsx/dom';
import type { PageState, PageStore } from './page-store.ts';

/** Without any sample time goes on, too. */
const TICK_MS = 1500;

/** Renders anew whenever there is something new. */
export function useNews(store: PageStore): PageState {
  const [, setCount] = useState(0);
  useEffect(() => {
    let timer = setTimeout(tick, TICK_MS);
    function tick() {
      clearTimeout(timer);
      timer = setTimeout(tick, TICK_MS);
      setCount((count) => count + 1);
    }
    const stop = store.onSamples(tick);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);
  return useSyncExternalStore(store.subscribe, store.state);
}
