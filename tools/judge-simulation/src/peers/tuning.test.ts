import { describe, expect, it } from 'vitest';
import { poisson } from '../random/poisson.ts';
import { randomOf } from '../random/random.ts';
import type { Seen } from '../world/world.ts';
import { argo, ARGO } from './argo.ts';
import { flagger, FLAGGER } from './flagger.ts';
import { Minutes } from './minutes.ts';
import { counted, judgeHour } from '../testing/hours.ts';
import { extremesOf, tuned } from './tuning.ts';

/** An hour of a canary with 2 % errors, the same for the same name. */
function hour(name: string) {
  const random = randomOf(name);
  const looks = Array.from({ length: 361 }, () =>
    counted(poisson(random, 200), poisson(random, 4)),
  );
  return (seconds: number) => looks[seconds / 10]!;
}

function extremes(name: string) {
  const minutes = new Minutes();
  const canary = hour(name);
  for (let seconds = 0; seconds <= 3600; seconds += 10) {
    minutes.add({ seconds, counted: { canary: canary(seconds), twin: canary(seconds) } } as Seen);
  }
  return extremesOf(minutes);
}

const names = Array.from({ length: 100 }, (_, i) => `hour ${i}`);
const verdicts = (make: () => ReturnType<typeof flagger>) =>
  names.filter((name) => judgeHour(make(), hour(name))[0] === 'roll back').length;

describe('tuned', () => {
  const tuning = tuned(names.map(extremes), 0.1);

  it('has Flagger roll back the share of runs that it was tuned to', () => {
    expect(verdicts(() => flagger({ ...FLAGGER, leastSuccess: tuning.flaggerSuccess }))).toBe(10);
  });

  it('has Argo Rollouts roll back the share of runs that it was tuned to', () => {
    expect(verdicts(() => argo({ ...ARGO, leastSuccess: tuning.argoSuccess }))).toBe(10);
  });
});
