/** Shares of its evidence that each component of the mixture bets on a canary pod being the worst. */
const STAKES = [0.1, 0.25, 0.5, 0.9];

/** How bad one pod was in a block: its share of failed requests, say. */
export interface PodBadness {
  readonly isCanary: boolean;
  readonly badness: number;
}

/**
 * Evidence of one block against "the pods are exchangeable", which holds for pods with bursts, too.
 *
 * With c canary pods among P, one of them is the worst with probability c/P:
 * `e = 1 + k*(P/c*g - 1)`, g being the canary pods' share of those that are the worst together.
 *
 * @returns ln e for each stake k; they add up over blocks, and their mixture is the mean of the e.
 *   Zeros where one side has no pod.
 */
export function rank(pods: readonly PodBadness[]): number[] {
  const canaries = pods.filter(({ isCanary }) => isCanary).length;
  if (canaries === 0 || canaries === pods.length) return STAKES.map(() => 0);
  const most = pods.reduce((max, { badness }) => Math.max(max, badness), 0);
  const worst = pods.filter(({ badness }) => badness === most);
  const g = worst.filter(({ isCanary }) => isCanary).length / worst.length;
  return STAKES.map((k) => Math.log1p(k * ((pods.length / canaries) * g - 1)));
}
