import type { Task } from './pool.ts';
import { simulate, type Run } from './simulate.ts';

/** Carries out a task. */
export function runTask({ cell, tuning, from, to }: Task): Run[] {
  return Array.from({ length: to - from }, (_, i) => simulate(cell, from + i, tuning));
}
