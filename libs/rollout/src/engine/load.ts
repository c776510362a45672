import type { RolloutStore, Stored } from '../ports/store.ts';
import { migrated, SCHEMA } from '../record/migrate.ts';
import type { RolloutRecord } from '../record/record.ts';
import { RolloutStateError } from './errors.ts';

/**
 * The rollout that is stored under a key.
 *
 * @throws {@link RolloutStateError} where there is none, or one of a version of this tool that is not known
 */
export async function loadRollout(
  store: RolloutStore,
  key: string,
): Promise<Stored<RolloutRecord>> {
  const stored = await findRollout(store, key);
  if (!stored) throw new RolloutStateError(`no rollout is stored as ${key}: start one`);
  return stored;
}

/**
 * The same, or undefined where none is stored.
 *
 * @throws {@link RolloutStateError} where it is of a version of this tool that is not known
 */
export async function findRollout(
  store: RolloutStore,
  key: string,
): Promise<Stored<RolloutRecord> | undefined> {
  const stored = await store.load<{ readonly schema?: unknown }>(key);
  if (!stored) return undefined;
  const value = migrated(stored.value);
  if (value) return { ...stored, value };
  throw new RolloutStateError(
    `${key} is stored in schema ${String(stored.value.schema)}, this version knows up to ${SCHEMA}: use the version that started it`,
  );
}
