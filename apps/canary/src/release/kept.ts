import { changesOf, type ChangesOptions, type RolloutStore } from '@canary/rollout';

/** What is loaded from the store, and where its changes are told. */
export interface KeptOptions<Value> extends Omit<ChangesOptions, 'until'> {
  readonly store: RolloutStore;
  readonly key: string;
  readonly load: () => Promise<Value>;
}

/** A stored value for one who asks for it again and again: it is loaded anew only where it may have changed. */
export function kept<Value>({
  store,
  key,
  load,
  ...how
}: KeptOptions<Value>): () => Promise<Value> {
  const changes = changesOf(store, key, how);
  let loaded: Promise<Value> | undefined;
  void (async () => {
    while (!(await changes.next()).done) loaded = undefined;
  })();
  return () => {
    const loading = (loaded ??= load());
    // What has failed is asked for again.
    loading.catch(() => {
      if (loaded === loading) loaded = undefined;
    });
    return loading;
  };
}
