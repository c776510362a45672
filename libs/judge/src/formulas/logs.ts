/** Natural logarithm of the mean of `exp(log)` of at least one log; it does not overflow. */
export function logMeanExp(logs: readonly number[]): number {
  return logSumExp(logs) - Math.log(logs.length);
}

/** Natural logarithm of the sum of `exp(log)`; -Infinity without any. */
export function logSumExp(logs: readonly number[]): number {
  const largest = Math.max(...logs);
  if (largest === -Infinity) return -Infinity;
  return largest + Math.log(logs.reduce((total, log) => total + Math.exp(log - largest), 0));
}

/** The sums of two lists of logs, one by one; an empty list is one of zeros. */
export function plus(some: readonly number[], more: readonly number[]): number[] {
  const [longer, shorter] = some.length < more.length ? [more, some] : [some, more];
  return longer.map((one, i) => one + (shorter[i] ?? 0));
}

/** The smaller of two logs, one by one. */
export function smaller(some: readonly number[], others: readonly number[]): number[] {
  return some.map((one, i) => Math.min(one, others[i]!));
}
