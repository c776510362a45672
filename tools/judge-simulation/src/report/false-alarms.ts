import { shareInterval } from '@canary/judge';
import type { Cell } from '../run/cells.ts';

/** The probability that a judge within its limits in every cell fails the test in any of them. */
const LEVEL = 0.05;

/** A cell in which so many releases were rolled back for nothing. */
export interface Tested {
  readonly cell: Cell;
  readonly rollBacks: number;
}

/**
 * Those whose share of false roll-backs is significantly above a limit: an exact one-sided test in
 * each, at a level that makes 5 % for all of them together (Bonferroni).
 */
export function significantlyAbove<One extends Tested>(
  tested: readonly One[],
  most: number,
): One[] {
  const confidence = 1 - (2 * LEVEL) / tested.length;
  return tested.filter(
    ({ cell, rollBacks }) => shareInterval(rollBacks, cell.runs, confidence).low > most,
  );
}
