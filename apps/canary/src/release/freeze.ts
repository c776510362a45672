import type { RolloutStore, Stop } from '@canary/rollout';
import type { Place } from '../site/with-site.ts';

interface Freeze {
  readonly frozen: Stop | null;
}

/** What a freeze is stored under. No label value has a slash: no rollout is stored under this key. */
export const freezeKey = (app: string) => `freeze/${app}`;

/** Who has frozen the app, and why; undefined where nobody has. */
export async function freezeOf(store: RolloutStore, app: string): Promise<Stop | undefined> {
  return (await store.load<Freeze>(freezeKey(app)))?.value.frozen ?? undefined;
}

/** Freezes the app, or (undefined) thaws it. */
export async function setFreeze({ site, app }: Place, frozen: Stop | undefined): Promise<void> {
  const stored = await site.store.load<Freeze>(freezeKey(app));
  await site.store.save(freezeKey(app), { frozen: frozen ?? null }, stored?.version);
}

/** @throws an `Error` naming who has frozen the app, and why */
export async function refuseFrozen({ site, app }: Place): Promise<void> {
  const frozen = await freezeOf(site.store, app);
  if (!frozen) return;
  const since = new Date(frozen.at).toISOString();
  throw new Error(
    `${app} is frozen by ${frozen.by} since ${since}: ${frozen.reason}; canary thaw lifts it`,
  );
}
