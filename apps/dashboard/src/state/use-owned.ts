import { useEffect, useRef } from 'hono/jsx/dom';

/**
 * Makes something outside of what is rendered, such as a canvas' drawing, and makes it anew when what
 * it depends on changes. Never two at once: an effect may run again before it was cleaned up.
 *
 * @param make makes it, and returns what ends it
 */
export function useOwned(make: () => () => void, depends: readonly unknown[]): void {
  const end = useRef<(() => void) | null>(null);
  useEffect(() => {
    end.current?.();
    const own = make();
    end.current = own;
    return () => {
      if (end.current !== own) return;
      end.current = null;
      own();
    };
  }, depends);
}
