import type { PodCounters } from '@canary/judge';
import type { Situation } from '../world/situation.ts';
import { World, type Seen } from '../world/world.ts';

const USUAL = { rate: 100, base: 0.01, times: 1, latency: 1 };

/** What is seen of a release with a look every second until a time. */
export function looks(
  given: Partial<Situation> & Pick<Situation, 'scenario'>,
  until: number,
  name = 'run',
): Seen[] {
  const world = new World({ ...USUAL, ...given }, name);
  return Array.from({ length: until + 1 }, (_, second) => world.look(second).at(-1)!);
}

/** A pod's sample in a look, if it gave one. */
export function sampleOf({ look }: Seen, pod: number): PodCounters | undefined {
  return look.pods.find((one) => one.pod === `pod-${pod}`);
}

/** Requests, and failed ones, that a pod's sample shows. */
export function requestsOf(sample: PodCounters): number {
  return sample.values[0]! + sample.values[1]!;
}
