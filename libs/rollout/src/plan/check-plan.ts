import { nextScale, type Position, type Scale } from '../decide/next-scale.ts';
import { PlanError } from './plan-error.ts';
import { isRemoval, splitOf, type Plan, type Stage } from './plan.ts';
import type { Split } from './split.ts';

/**
 * Checks a plan: every number in its range, every split within its limits, and every split
 * reachable from the one before it without breaking them.
 *
 * @throws {@link PlanError} with a line for each thing that is wrong: the value and the remedy
 */
export function checkPlan(plan: Plan): void {
  const problems = [
    ...limitProblems(plan),
    ...paceProblems(plan),
    ...plan.stages.flatMap((stage, i) => stageProblems(stage, i)),
  ];
  if (plan.stages.length === 0) problems.push('the plan has no stage: give at least one split');
  if (problems.length === 0) problems.push(...wayProblems(plan));
  if (problems.length > 0) throw new PlanError(problems.join('\n'));
}

/** The moves from one split to another if every pod becomes ready; undefined where there is no way. */
export function movesOf(from: Split, to: Split, limits: Plan['limits']): Scale[] | undefined {
  const moves: Scale[] = [];
  let at = from;
  while (at.stable !== to.stable || at.canary !== to.canary) {
    const move = nextScale(allReady(at), to, limits, 'canary');
    if (!move) return undefined;
    moves.push(move);
    at = { ...at, [move.role]: move.replicas };
  }
  return moves;
}

function allReady({ stable, canary }: Split): Position {
  return {
    stable: { replicas: stable, ready: stable },
    canary: { replicas: canary, ready: canary },
  };
}

function limitProblems({ stableReplicas, limits }: Plan): string[] {
  const { minReady, maxPods, readyMs, graceMs } = limits;
  const problems: string[] = [];
  if (!Number.isInteger(minReady) || minReady < 0 || minReady > stableReplicas) {
    problems.push(`minReady ${minReady} must be a whole number from 0 to ${stableReplicas}`);
  } else if (maxPods <= minReady) {
    const surge = maxPods - stableReplicas;
    problems.push(
      `maxSurge ${surge} leaves no room to move: allow 1, or lower minReady ${minReady} by 1`,
    );
  }
  if (!(readyMs > 0)) problems.push(`readySeconds ${readyMs / 1000} must be above 0, such as 120`);
  if (!(graceMs >= 0))
    problems.push(`graceSeconds ${graceMs / 1000} must be at least 0, such as 20`);
  return problems;
}

function paceProblems({ everyMs }: Plan): string[] {
  if (everyMs > 0 && Number.isFinite(everyMs)) return [];
  return [`everySeconds ${everyMs / 1000} must be above 0, such as 10`];
}

function stageProblems({ set, gate, deadlineMs }: Stage, index: number): string[] {
  const name = `stage ${index + 1}`;
  const problems = Object.entries({ ...set, deadlineMs, ...gate })
    .filter((entry): entry is [string, number] => typeof entry[1] === 'number')
    .filter(([field, value]) => !inRange(field, value))
    .map(([field, value]) => `${name}: ${field} ${value} must be ${RANGES[field] ?? 'above 0'}`);
  if (gate.kind === 'verdict' && gate.soakMs > gate.limitMs) {
    problems.push(
      `${name}: soakMs ${gate.soakMs} is longer than limitMs ${gate.limitMs}: no verdict could count`,
    );
  }
  return problems;
}

const RANGES: Readonly<Record<string, string>> = {
  stable: 'a whole number from 0',
  canary: 'a whole number from 0',
  soakMs: 'at least 0',
  percent: 'above 0 and at most 100',
};

function inRange(field: string, value: number): boolean {
  if (field === 'stable' || field === 'canary') return Number.isInteger(value) && value >= 0;
  if (field === 'percent') return value > 0 && value <= 100;
  return field === 'soakMs' ? value >= 0 : value > 0 && Number.isFinite(value);
}

function wayProblems(plan: Plan): string[] {
  const problems: string[] = [];
  const { stages } = plan;
  let at: Split = { stable: plan.stableReplicas, canary: 0 };
  for (const [index, stage] of stages.entries()) {
    const to = splitOf(stage.set, plan);
    const problem = isRemoval(stage) ? removalProblem(stage, at, plan) : wayProblem(at, to, plan);
    if (problem !== undefined) problems.push(`stage ${index + 1}: ${problem}`);
    at = to;
  }
  if (stages.slice(0, -1).some(isRemoval)) {
    problems.push('a workload is removed in the last stage only: nothing can be changed after it');
  }
  return problems;
}

function removalProblem({ set }: Stage, at: Split, { limits }: Plan): string | undefined {
  const stays = set.removed === 'stable' ? 'canary' : 'stable';
  if (at[stays] >= limits.minReady && at[stays] > 0) return undefined;
  return `the ${stays} alone has ${at[stays]} replicas of at least ${limits.minReady}: scale it up in a stage before`;
}

function wayProblem(at: Split, to: Split, { limits, stableReplicas }: Plan): string | undefined {
  const pods = to.stable + to.canary;
  const split = `${to.stable} + ${to.canary}`;
  if (pods > limits.maxPods) {
    return `${split} replicas are more than ${limits.maxPods}: allow maxSurge ${pods - stableReplicas}, or ask for fewer`;
  }
  if (pods < limits.minReady) {
    return `${split} replicas are fewer than minReady ${limits.minReady}: ask for more`;
  }
  if (movesOf(at, to, limits)) return undefined;
  return `no way leads from ${at.stable} + ${at.canary} to ${split} within minReady ${limits.minReady} and ${limits.maxPods} pods: allow maxSurge ${limits.maxPods - stableReplicas + 1}`;
}
