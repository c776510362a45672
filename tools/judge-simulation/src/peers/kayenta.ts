import { histogramQuantile } from '../world/law.ts';
import type { Counted } from '../world/pod.ts';
import { LAST_LOOK, type Seen } from '../world/world.ts';
import type { Contestant } from './contestant.ts';
import { shiftZ } from './mann-whitney.ts';
import { Minutes } from './minutes.ts';

/** The z of a two-sided confidence of 98 %, NetflixACAJudge's. */
export const KAYENTA_Z = 2.3263478740408408;

/** Its tolerance: a quarter of the estimated shift. */
const TOLERANCE = 0.25;

/** What is compared, a point per minute: the share of failed requests, and the median response time. */
const metrics: readonly ((counted: Counted) => number)[] = [
  ({ failed, requests }) => failed / requests,
  ({ upTo }) => histogramQuantile(0.5, upTo),
];

/**
 * Kayenta's NetflixACAJudge, once at the end of an hour of points a minute apart, against a baseline of
 * the canary's size: one pod of the stable release. Either metric that is "High" takes the score to
 * 50, below the marginal 75. Minutes without requests are left out (`nanStrategy: remove`), and no
 * data passes.
 *
 * @param z of the confidence interval
 * @see https://github.com/spinnaker/kayenta/blob/master/kayenta-judge/src/main/scala/com/netflix/kayenta/judge/NetflixACAJudge.scala
 * @see https://github.com/spinnaker/kayenta/blob/master/docs/canary-config.md
 */
export function kayenta(z: number): Contestant {
  const minutes = new Minutes();
  return {
    look(seen: Seen) {
      minutes.add(seen);
      if (seen.seconds < LAST_LOOK) return undefined;
      return highestZ(minutes) > z ? 'roll back' : 'promote';
    },
  };
}

/** The z of the metric that is most clearly higher on the canary. */
export function highestZ({ canary, twin }: Minutes): number {
  const points = (counted: readonly Counted[], of: (one: Counted) => number) =>
    counted.map(of).filter((value) => !Number.isNaN(value));
  return Math.max(...metrics.map((of) => shiftZ(points(canary, of), points(twin, of), TOLERANCE)));
}
