/**
 * How clearly values of the canary are above those of the baseline by more than the tolerance, as a
 * standard normal z: Kayenta calls them "High" where the lower end of the confidence interval of their
 * shift is above `tolerance` times the estimated shift. That end is where the Mann-Whitney statistic
 * of the shifted values is the interval's z, and the statistic falls as the shift grows; so it is above
 * exactly where the statistic at the tolerated shift is above that z.
 *
 * The asymptotic two-sided test of R with correction for ties and continuity; the shift is estimated
 * by Hodges and Lehmann's median of all differences.
 *
 * @returns -Infinity where there is nothing to compare
 * @see https://github.com/spinnaker/kayenta/blob/master/kayenta-mannwhitney/src/main/scala/com/netflix/kayenta/mannwhitney/MannWhitney.scala
 * @see https://github.com/spinnaker/kayenta/blob/master/kayenta-judge/src/main/scala/com/netflix/kayenta/judge/classifiers/metric/MannWhitneyClassifier.scala
 */
export function shiftZ(
  canary: readonly number[],
  baseline: readonly number[],
  tolerance: number,
): number {
  if (canary.length === 0 || baseline.length === 0) return -Infinity;
  const differences = new Float64Array(canary.length * baseline.length);
  let next = 0;
  for (const x of canary) for (const y of baseline) differences[next++] = x - y;
  differences.sort();
  const middle = differences.length / 2;
  const estimate = (differences[Math.ceil(middle) - 1]! + differences[Math.floor(middle)]!) / 2;
  const tolerated = tolerance * Math.abs(estimate);
  return mannWhitneyZ(
    canary.map((x) => x - tolerated),
    baseline,
  );
}

/** The Mann-Whitney statistic of `x` against `y`, standardised; -Infinity where all values are tied. */
export function mannWhitneyZ(x: readonly number[], y: readonly number[]): number {
  const values = [
    ...x.map((value) => ({ value, isX: true })),
    ...y.map((value) => ({ value, isX: false })),
  ].sort((a, b) => a.value - b.value);
  const [n, m, all] = [x.length, y.length, values.length];
  let rankSum = 0;
  let ties = 0;
  for (let from = 0; from < all;) {
    let [to, ofX] = [from, 0];
    for (; to < all && values[to]!.value === values[from]!.value; to++) {
      if (values[to]!.isX) ofX++;
    }
    rankSum += (ofX * (from + 1 + to)) / 2;
    ties += (to - from) ** 3 - (to - from);
    from = to;
  }
  const sigma = Math.sqrt(((n * m) / 12) * (all + 1 - ties / (all * (all - 1))));
  if (!(sigma > 0)) return -Infinity;
  const above = rankSum - (n * (n + 1)) / 2 - (n * m) / 2;
  return (above - 0.5 * Math.sign(above)) / sigma;
}
