import { BOUNDS } from '../world/law.ts';
import type { Counted } from '../world/pod.ts';
import { LAST_LOOK, LOOK_SECONDS, type Seen } from '../world/world.ts';
import type { Contestant } from '../peers/contestant.ts';

/** What a side counts in ten seconds: requests, how many of them fail, and how long all of them take. */
export function counted(requests: number, failed = 0, seconds = 0.08): Counted {
  return { requests, failed, upTo: BOUNDS.map((bound) => (seconds <= bound ? requests : 0)) };
}

/** What a judge says of an hour, and when. */
export function judgeHour(
  contestant: Contestant,
  canary: (seconds: number) => Counted,
  twin: (seconds: number) => Counted = canary,
): readonly [verdict: string | undefined, seconds: number] {
  for (let seconds = 0; seconds <= LAST_LOOK; seconds += LOOK_SECONDS) {
    const seen = { seconds, counted: { canary: canary(seconds), twin: twin(seconds) } };
    // Peers do not look at what libs/judge is given.
    const verdict = contestant.look(seen as Seen);
    if (verdict) return [verdict, seconds];
  }
  return [undefined, LAST_LOOK];
}
