import { useEffect, useState } from 'hono/jsx/dom';
import { useStore } from './use-page.ts';

/** Renders anew with every sample, and at least once a second: time goes on without any, too. */
export function useSamples(): number {
  const store = useStore();
  const [count, setCount] = useState(0);
  useEffect(() => {
    const more = () => {
      setCount((now) => now + 1);
    };
    let timer = setTimeout(tick, 1500);
    function tick() {
      more();
      timer = setTimeout(tick, 1500);
    }
    const stop = store.onSamples(() => {
      clearTimeout(timer);
      tick();
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);
  return count;
}
