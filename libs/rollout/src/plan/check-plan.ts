import { nextMove, type Move, type Position } from '../decide/moves.ts';
import { PlanError } from './plan-error.ts';
import type { Plan, Step } from './plan.ts';
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
    ...plan.steps.flatMap((step, i) => stepProblems(step, i)),
  ];
  if (plan.steps.length === 0) problems.push('the plan has no step: give at least one split');
  if (problems.length === 0) problems.push(...wayProblems(plan));
  if (problems.length > 0) throw new PlanError(problems.join('\n'));
}

/** The moves from one split to another if every pod becomes ready; undefined where there is no way. */
export function movesOf(from: Split, to: Split, limits: Plan['limits']): Move[] | undefined {
  const moves: Move[] = [];
  let at = from;
  while (at.stable !== to.stable || at.canary !== to.canary) {
    const move = nextMove(allReady(at), to, limits, 'canary');
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
  if (everyMs === undefined || (everyMs > 0 && Number.isFinite(everyMs))) return [];
  return [`everySeconds ${everyMs / 1000} must be above 0, such as 10`];
}

function stepProblems(step: Step, index: number): string[] {
  const numbers = Object.entries(step).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  const name = `step ${index + 1} (${step.kind})`;
  const problems = numbers
    .filter(([field, value]) => !inRange(field, value))
    .map(([field, value]) => `${name}: ${field} ${value} must be ${RANGES[field] ?? 'above 0'}`);
  if (step.kind === 'observe' && step.until === 'verdict' && step.soakMs > step.limitMs) {
    problems.push(
      `${name}: soakMs ${step.soakMs} is longer than limitMs ${step.limitMs}: no verdict could count`,
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

function wayProblems({ stableReplicas, limits, steps }: Plan): string[] {
  const problems: string[] = [];
  let at: Split = { stable: stableReplicas, canary: 0 };
  for (const [index, step] of steps.entries()) {
    const name = `step ${index + 1} (${step.kind})`;
    if (step.kind === 'retire') {
      if (at.canary < limits.minReady || at.canary === 0) {
        problems.push(
          `${name}: the canary alone has ${at.canary} replicas of at least ${limits.minReady}: scale it up in a step before`,
        );
      }
      at = { ...at, stable: 0 };
    }
    if (step.kind !== 'scale') continue;
    const pods = step.stable + step.canary;
    if (pods > limits.maxPods) {
      problems.push(
        `${name}: ${step.stable} + ${step.canary} replicas are more than ${limits.maxPods}: allow maxSurge ${pods - stableReplicas}, or ask for fewer`,
      );
    } else if (pods < limits.minReady) {
      problems.push(
        `${name}: ${step.stable} + ${step.canary} replicas are fewer than minReady ${limits.minReady}: ask for more`,
      );
    } else if (!movesOf(at, step, limits)) {
      problems.push(
        `${name}: no way leads from ${at.stable} + ${at.canary} to ${step.stable} + ${step.canary} within minReady ${limits.minReady} and ${limits.maxPods} pods: allow maxSurge ${limits.maxPods - stableReplicas + 1}`,
      );
    }
    at = step;
  }
  if (steps.slice(0, -1).some(({ kind }) => kind === 'retire')) {
    problems.push('retire must be the last step: nothing can be scaled after it');
  }
  return problems;
}
