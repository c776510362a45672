import { createContext, useContext } from 'hono/jsx/dom';
import { PageStore, type PageState } from './page-store.ts';

export const StoreContext = createContext<PageStore>(new PageStore());
export const PageContext = createContext<PageState>(new PageStore().state());

export function useStore(): PageStore {
  return useContext(StoreContext);
}

/**
 * What the page shows now. Only the page as a whole listens to the store, and renders all anew: a part
 * that listens by itself may render once more after it was taken away, and then stays for good.
 */
export function usePage(): PageState {
  return useContext(PageContext);
}
