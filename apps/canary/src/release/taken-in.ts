import { changesOf, loadRollout, type ChangesOptions, type HistoryEntry } from '@canary/rollout';
import type { Place } from '../site/with-site.ts';

/** How often it is looked whether a command was taken in, where the store does not tell of changes. */
const POLL_MS = 200;

/** The entry of the history that says what became of a command; undefined where nobody has taken it in until then. */
export async function takenIn(
  { site, app }: Place,
  number: number,
  { until, signal }: Required<Pick<ChangesOptions, 'until' | 'signal'>>,
): Promise<HistoryEntry | undefined> {
  const { store, clock } = site;
  const changes = changesOf(store, app, { clock, everyMs: POLL_MS, signal, until });
  try {
    while (!(await changes.next()).done) {
      const { value } = await loadRollout(store, app);
      const entry = value.history.find(({ figures }) => figures['request'] === number);
      if (entry) return entry;
    }
    return undefined;
  } finally {
    await changes.return(undefined);
  }
}
