import {
  aboutText,
  countText,
  evidenceText,
  sentence,
  standingOf,
  doingOf,
  waitOf,
  waitText,
  type Standing,
} from '@canary/api/view';
import type { RolloutRecord } from '@canary/rollout';

/** How a rollout stands, in one line that is written anew at every look; undefined once it has ended. */
export function liveLine(record: RolloutRecord, now: number): string | undefined {
  if (record.outcome !== undefined) return undefined;
  const { observation, plan, stage, direction } = record;
  const standing = standingOf(record);
  const wait = waitOf(record);
  const parts = [
    ...(direction === 'forward'
      ? [`stage ${stage + 1} of ${plan.stages.length}: ${doingOf(record)}`]
      : []),
    ...requestsOf(record),
    ...(observation.failure ? [`not observed: ${observation.failure.error}`] : []),
    ...(standing ? [evidenceOf(standing), ...blockedBy(standing)] : []),
    timeLeft(standing) ?? (wait ? `waits for ${waitText(wait, now)}` : ''),
  ];
  return sentence(parts.filter((part) => part !== '').join(' · '));
}

function requestsOf({ observation, canary, stable }: RolloutRecord): string[] {
  const [mine, others] = [canary, stable].map(
    ({ release }) => observation.requests[release] ?? 0,
  ) as [number, number];
  if (mine + others === 0) return [];
  return [
    `${countText(mine)} requests to ${canary.release}, ${countText(others)} to ${stable.release}`,
  ];
}

function evidenceOf({ against, metrics }: Standing): string {
  const least = metrics
    .flatMap(({ promotion }) => promotion ?? [])
    .toSorted((a, b) => a.evidence - b.evidence)[0];
  const worse = `evidence ${evidenceText(against.evidence)} of ${countText(against.needed)} against it`;
  return least
    ? `${worse}, ${evidenceText(least.evidence)} of ${countText(least.needed)} for it`
    : worse;
}

function blockedBy({ blocker }: Standing): string[] {
  return blocker === undefined ? [] : [`not to be promoted: ${blocker}`];
}

function timeLeft(standing: Standing | undefined): string | undefined {
  if (!standing || standing.blocker !== undefined) return undefined;
  const lefts = standing.metrics.flatMap(({ promotion }) => promotion?.leftMs ?? []);
  const left = Math.max(...lefts);
  return left > 0 ? `${aboutText(left)} more` : undefined;
}
