import { told } from '@canary/api/view';
import type { HistoryEntry, RolloutRecord } from '@canary/rollout';
import type { SiteEvent } from '../site/site.ts';

/** Transitions that somebody has to hear of. */
const WARNINGS = new Set([
  'going back',
  'going back takes long',
  'rolled back',
  'timed out',
  'aborted',
  'held',
  'unreachable',
  'changed meanwhile',
]);

/** The events of a transition: one for each Deployment of the rollout that is, or was, there. */
export function transitionEvents(record: RolloutRecord, entry: HistoryEntry): SiteEvent[] {
  const { what, why } = entry;
  return (['stable', 'canary'] as const).flatMap((role) => {
    const { object, known, goneUid } = record[role];
    const uid = known?.uid ?? goneUid;
    if (uid === undefined) return [];
    const type = WARNINGS.has(what) ? 'Warning' : 'Normal';
    return [{ object, uid, type, reason: reasonOf(what), message: told(what, why) }];
  });
}

/** `rolled back` as `CanaryRolledBack`; every stage as `CanaryStage`. */
function reasonOf(what: string): string {
  if (what.startsWith('stage ')) return 'CanaryStage';
  const words = what.split(' ').map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`);
  return `Canary${words.join('')}`;
}
