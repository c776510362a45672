/** One outcome with its probability. */
export interface Outcome<Value> {
  readonly value: Value;
  readonly probability: number;
}

/** How many of `trials` have an event, each with the probability given. */
export function binomial(trials: number, probability: number): Outcome<number>[] {
  return multinomial(trials, [probability, 1 - probability]).map((outcome) => ({
    value: outcome.value[0]!,
    probability: outcome.probability,
  }));
}

/** How many of `trials` fall into each class. */
export function multinomial(trials: number, law: readonly number[]): Outcome<number[]>[] {
  const [first = 1, ...others] = law;
  if (others.length === 0) return [{ value: [trials], probability: first ** trials }];
  return Array.from({ length: trials + 1 }, (_, count) =>
    multinomial(trials - count, others).map(({ value, probability }) => ({
      value: [count, ...value],
      probability: choose(trials, count) * first ** count * probability,
    })),
  ).flat();
}

/** All combinations of independent outcomes. */
export function jointly<Value>(all: readonly (readonly Outcome<Value>[])[]): Outcome<Value[]>[] {
  return all.reduce<Outcome<Value[]>[]>(
    (joint, next) =>
      joint.flatMap(({ value, probability }) =>
        next.map((one) => ({
          value: [...value, one.value],
          probability: probability * one.probability,
        })),
      ),
    [{ value: [], probability: 1 }],
  );
}

/** The exact expectation of what is made of the outcomes. */
export function expectation<Value>(
  outcomes: readonly Outcome<Value>[],
  of: (value: Value) => number,
): number {
  return outcomes.reduce((sum, { value, probability }) => sum + probability * of(value), 0);
}

function choose(n: number, k: number): number {
  return k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k;
}
