import type { RolloutStore, Stored } from '../ports/store.ts';
import type { RolloutRecord } from '../record/record.ts';
import { RolloutStateError } from './errors.ts';

/**
 * The rollout that is stored under a key.
 *
 * @throws {@link RolloutStateError} where there is none, or one of another version of this tool
 */
export async function loadRollout(
  store: RolloutStore,
  key: string,
): Promise<Stored<RolloutRecord>> {
  const stored = await store.load<RolloutRecord>(key);
  if (!stored) throw new RolloutStateError(`no rollout is stored as ${key}: start one`);
  const schema: unknown = stored.value.schema;
  if (schema !== 1) {
    throw new RolloutStateError(
      `${key} is stored in schema ${String(schema)}, this version knows 1: use the version that started it`,
    );
  }
  return stored;
}
