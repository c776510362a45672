import { gateAt, type RolloutRecord } from '@canary/rollout';

/** What a person can ask of a rollout on the page. */
export const actionNames = ['promote', 'pause', 'resume', 'abort'] as const;
export type ActionName = (typeof actionNames)[number];

/** Those of them that it would follow as it stands. */
export function offersOf(record: RolloutRecord | undefined): readonly ActionName[] {
  return record ? actionNames.filter((name) => OFFERED[name](record)) : [];
}

const isOpen = ({ outcome, direction }: RolloutRecord) =>
  direction === 'forward' && (outcome === undefined || outcome === 'held');

const OFFERED: Readonly<Record<ActionName, (record: RolloutRecord) => boolean>> = {
  promote: (record) => isOpen(record) && gateAt(record) !== undefined,
  pause: (record) => isOpen(record) && record.outcome === undefined && !record.paused,
  resume: ({ outcome, paused, frozen }) =>
    outcome === 'held' || (outcome === undefined && (paused ?? frozen) !== undefined),
  abort: isOpen,
};
