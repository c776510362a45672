import { durationText, whatOf } from '@canary/api/view';
import type { StageDescription, Workload } from '@canary/rollout';
import { percent } from '../demo/text.ts';
import { table } from '../table.ts';

/** What a plan comes to, a line for each stage. */
export function planText(stable: Workload, stages: readonly StageDescription[]): string[] {
  const { ref, release, readyReplicas, replicas } = stable;
  const isAsked = stages.some(({ wantedPercent }) => wantedPercent !== undefined);
  const head = ['stage', 'what', 'stable', 'canary', 'pods', 'surge', 'share'];
  const rows = stages.map((stage, index) => [
    `${index + 1}`,
    whatOf(stage.stage),
    `${stage.split.stable}`,
    `${stage.split.canary}`,
    `${stage.pods}`,
    `+${stage.surge}`,
    shareOf(stage),
    ...(isAsked ? askedOf(stage) : []),
    timeOf(stage),
  ]);
  const least = stages.reduce((sum, { leastMs }) => sum + leastMs, 0);
  const surge = Math.max(...stages.map((stage) => stage.surge));
  const pods = Math.max(...stages.map((stage) => stage.pods));
  return [
    `${ref.name} in namespace ${ref.namespace} (release ${release}): ${readyReplicas} of ${replicas} replicas ready`,
    '',
    ...table([[...head, ...(isAsked ? ['asked', 'error'] : []), 'time'], ...rows]),
    '',
    ...bakeLines(stages),
    `At most ${pods} pods at once, ${surge} more than now. ${durationText(least)} at least, if pods are ready within 10 s.`,
  ];
}

/** What is not observed at full size, or cannot be compared there. */
function bakeLines(stages: readonly StageDescription[]): string[] {
  const bake = stages.find(({ stage }) => 'bake' in stage.gate);
  if (!bake) {
    return [
      'The canary at full size is not observed before the stable release goes: --bake 60s does that.',
    ];
  }
  const isJudged = stages.some(({ stage }) => stage.gate.kind === 'verdict');
  if (bake.split.stable > 0 || !isJudged) return [];
  return [
    'At full size no stable pod is left to compare the canary with: it is observed for a time. --max-surge 1 leaves one.',
  ];
}

function shareOf({ share: { numerator, denominator } }: StageDescription): string {
  return `${numerator}/${denominator} = ${percent(numerator / denominator)}`;
}

function askedOf({ wantedPercent, errorPoints }: StageDescription): string[] {
  if (wantedPercent === undefined || errorPoints === undefined) return ['', ''];
  return [`${wantedPercent} %`, `${signed(errorPoints)} points`];
}

function signed(points: number): string {
  return `${points < 0 ? '' : '+'}${points.toFixed(1)}`;
}

function timeOf({ leastMs, mostMs }: StageDescription): string {
  if (mostMs === undefined) return 'until a person says';
  if (leastMs === mostMs) return durationText(mostMs);
  return `${durationText(leastMs)} to ${durationText(mostMs)}`;
}
