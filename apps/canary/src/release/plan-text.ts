import { durationText, whatOf } from '@canary/api/view';
import type { PlanDescription, Workload } from '@canary/rollout';
import { percent } from '../demo/text.ts';
import { table } from '../table.ts';

/** What a plan comes to, a line for each step. */
export function planText(stable: Workload, steps: readonly PlanDescription[]): string[] {
  const { ref, release, readyReplicas, replicas } = stable;
  const isAsked = steps.some(({ wantedPercent }) => wantedPercent !== undefined);
  const head = ['step', 'what', 'stable', 'canary', 'pods', 'surge', 'share'];
  const rows = steps.map((step, index) => [
    `${index + 1}`,
    whatOf(step.step),
    `${step.split.stable}`,
    `${step.split.canary}`,
    `${step.pods}`,
    `+${step.surge}`,
    shareOf(step),
    ...(isAsked ? askedOf(step) : []),
    timeOf(step),
  ]);
  const least = steps.reduce((sum, { leastMs }) => sum + leastMs, 0);
  const surge = Math.max(...steps.map((step) => step.surge));
  const pods = Math.max(...steps.map((step) => step.pods));
  return [
    `${ref.name} in namespace ${ref.namespace} (release ${release}): ${readyReplicas} of ${replicas} replicas ready`,
    '',
    ...table([[...head, ...(isAsked ? ['asked', 'error'] : []), 'time'], ...rows]),
    '',
    ...bakeLines(steps),
    `At most ${pods} pods at once, ${surge} more than now. ${durationText(least)} at least, if pods are ready within 10 s.`,
  ];
}

/** What is not observed at full size, or cannot be compared there. */
function bakeLines(steps: readonly PlanDescription[]): string[] {
  const bake = steps.find(({ step }) => step.kind === 'observe' && step.bake);
  if (!bake) {
    return [
      'The canary at full size is not observed before the stable release goes: --bake 60s does that.',
    ];
  }
  const isJudged = steps.some(({ step }) => step.kind === 'observe' && step.until === 'verdict');
  if (bake.split.stable > 0 || !isJudged) return [];
  return [
    'At full size no stable pod is left to compare the canary with: it is observed for a time. --max-surge 1 leaves one.',
  ];
}

function shareOf({ share: { numerator, denominator } }: PlanDescription): string {
  return `${numerator}/${denominator} = ${percent(numerator / denominator)}`;
}

function askedOf({ wantedPercent, errorPoints }: PlanDescription): string[] {
  if (wantedPercent === undefined || errorPoints === undefined) return ['', ''];
  return [`${wantedPercent} %`, `${signed(errorPoints)} points`];
}

function signed(points: number): string {
  return `${points < 0 ? '' : '+'}${points.toFixed(1)}`;
}

function timeOf({ leastMs, mostMs }: PlanDescription): string {
  if (mostMs === undefined) return 'until a person says';
  if (leastMs === mostMs) return durationText(mostMs);
  return `${durationText(leastMs)} to ${durationText(mostMs)}`;
}
