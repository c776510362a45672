/** An observed share with its interval; all three from 0 to 1. */
export interface ShareInterval {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Exact two-sided binomial test: how probable a count at least as improbable as `successes` is,
 * if each of `trials` succeeds with `probability` on its own.
 *
 * Sums the probabilities of all counts that are no more probable than the one seen, as R's
 * `binom.test` does.
 *
 * @param successes a whole number from 0 to `trials`
 * @param trials a whole number, at least 1
 * @param probability above 0 and below 1
 * @returns the p-value, from 0 to 1
 * @throws `RangeError` naming the argument that is out of its range
 */
export function binomialTest(successes: number, trials: number, probability: number): number {
  checkCounts(successes, trials);
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(`probability ${probability} must lie between 0 and 1`);
  }
  const logPmf = logPmfOf(trials, probability);
  // Room for rounding, so that the mirror image of the count seen is not left out.
  const limit = logPmf(successes) + 1e-7;
  let sum = 0;
  for (let count = 0; count <= trials; count++) {
    const log = logPmf(count);
    if (log <= limit) sum += Math.exp(log);
  }
  return Math.min(1, sum);
}

/**
 * The share `successes / trials` with its exact (Clopper-Pearson) interval: it covers the true
 * share with at least the given confidence, whatever that share is.
 *
 * @param successes a whole number from 0 to `trials`
 * @param trials a whole number, at least 1
 * @param confidence above 0 and below 1
 * @throws `RangeError` naming the argument that is out of its range
 * @see Clopper and Pearson, "The use of confidence or fiducial limits" (Biometrika 1934)
 */
export function shareInterval(successes: number, trials: number, confidence = 0.95): ShareInterval {
  checkCounts(successes, trials);
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`confidence ${confidence} must lie between 0 and 1`);
  }
  const tail = (1 - confidence) / 2;
  const atLeast = (p: number) => upperTail(successes, trials, p);
  const atMost = (p: number) => 1 - upperTail(successes + 1, trials, p);
  return {
    share: successes / trials,
    low: successes === 0 ? 0 : bisect((p) => atLeast(p) < tail),
    high: successes === trials ? 1 : bisect((p) => atMost(p) > tail),
  };
}

function checkCounts(successes: number, trials: number): void {
  if (!Number.isInteger(trials) || trials < 1) {
    throw new RangeError(`trials ${trials} must be a whole number, at least 1`);
  }
  if (!Number.isInteger(successes) || successes < 0 || successes > trials) {
    throw new RangeError(`successes ${successes} must be a whole number from 0 to ${trials}`);
  }
}

/** The largest p in [0, 1] for which `below` still holds; it must hold up to one p and then no more. */
function bisect(below: (p: number) => boolean): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (below(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(count >= from) for a binomial count. */
function upperTail(from: number, trials: number, probability: number): number {
  const logPmf = logPmfOf(trials, probability);
  // Sum the side away from the mean, where the terms fall off quickly.
  if (from > trials * probability) return sumDown(logPmf, from, 1, trials);
  return 1 - sumDown(logPmf, from - 1, -1, trials);
}

function sumDown(
  logPmf: (count: number) => number,
  from: number,
  step: 1 | -1,
  trials: number,
): number {
  let sum = 0;
  for (let count = from; count >= 0 && count <= trials; count += step) {
    const term = Math.exp(logPmf(count));
    sum += term;
    if (term <= sum * 1e-17) break;
  }
  return sum;
}

function logPmfOf(trials: number, probability: number): (count: number) => number {
  const [logP, logQ, logTrials] = [
    Math.log(probability),
    Math.log1p(-probability),
    logFactorial(trials),
  ];
  return (count) =>
    logTrials -
    logFactorial(count) -
    logFactorial(trials - count) +
    count * logP +
    (trials - count) * logQ;
}

const logFactorials = [0, 0];

/** ln(n!), by its table up to 255 and Stirling's series above (its error there is below 1e-16). */
function logFactorial(n: number): number {
  if (n >= 256) {
    return (
      (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * n) - 1 / (360 * n ** 3)
    );
  }
  for (let next = logFactorials.length; next <= n; next++) {
    logFactorials.push(logFactorials[next - 1]! + Math.log(next));
  }
  return logFactorials[n]!;
}
