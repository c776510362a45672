import { createContext, useContext, useSyncExternalStore } from 'hono/jsx/dom';
import { PageStore, type PageState } from './page-store.ts';

export const StoreContext = createContext<PageStore>(new PageStore());

export function useStore(): PageStore {
  return useContext(StoreContext);
}

/** What the page shows now; renders anew when it changes. */
export function usePage(): PageState {
  const store = useStore();
  return useSyncExternalStore(store.subscribe, store.state);
}
