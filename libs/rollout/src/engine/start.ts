import type { RolloutStore } from '../ports/store.ts';
import { ConflictError } from '../ports/store.ts';
import type { RolloutRecord } from '../record/record.ts';
import { RolloutStateError } from './errors.ts';

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
  const stored = await store.load<RolloutRecord>(key);
  if (stored && (stored.value.outcome === undefined || stored.value.outcome === 'held')) {
    const { id, canary, reason } = stored.value;
    throw new RolloutStateError(
      `${key}: the release of ${canary.ref.name} (${id}) is not at its end (${reason}): promote or abort it first`,
    );
  }
  try {
    await store.save(key, record, stored?.version);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    throw new RolloutStateError(`${key}: someone else has just started a release: see its status`, {
      cause: error,
    });
  }
}
