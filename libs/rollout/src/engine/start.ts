import type { RolloutStore } from '../ports/store.ts';
import { ConflictError } from '../ports/store.ts';
import type { Earlier, RolloutRecord } from '../record/record.ts';
import { RolloutStateError } from './errors.ts';
import { findRollout } from './load.ts';

/**
 * Stores a new rollout for a driver to carry out; one that has ended makes room for it.
 *
 * @throws {@link RolloutStateError} where another one is under way
 */
export async function startRollout(
  store: RolloutStore,
  key: string,
  record: RolloutRecord,
): Promise<void> {
  const stored = await findRollout(store, key);
  if (stored && (stored.value.outcome === undefined || stored.value.outcome === 'held')) {
    const { id, canary, reason } = stored.value;
    throw new RolloutStateError(
      `${key}: the release of ${canary.ref.name} (${id}) is not at its end (${reason}): promote or abort it first`,
    );
  }
  try {
    const earlier = stored ? earlierWith(stored.value) : [];
    await store.save(key, { ...record, earlier }, stored?.version);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    throw new RolloutStateError(`${key}: someone else has just started a release: see its status`, {
      cause: error,
    });
  }
}

/** So many rollouts of an app are remembered. */
const EARLIER_LIMIT = 20;

function earlierWith({ id, startedAt, endedAt, outcome, reason, ...record }: RolloutRecord) {
  const [from, to] = [record.stable.release, record.canary.release];
  const last: Earlier = { id, from, to, startedAt, endedAt, outcome, reason };
  return [...record.earlier, last].slice(-EARLIER_LIMIT);
}
