import { cut } from '../record/history.ts';
import type { Outcome } from '../record/record.ts';
import { startClocks } from './clocks.ts';
import { stepAt } from './steps.ts';
import type { Turn } from './turn.ts';

/** Begins the way back; `outcome` is what it will have been when the stable release is back in full. */
export function turnBack(
  turn: Turn,
  outcome: Outcome,
  why: string,
  figures: Readonly<Record<string, number>> = turn.figures(),
): void {
  const aside = outcome === 'aborted' ? undefined : waitedFor(turn);
  startClocks(turn);
  turn.patch({
    direction: 'back',
    turnedBack: { outcome, reason: cut(why) },
    deadlineAt: turn.now + turn.record.plan.limits.readyMs,
  });
  // Whoever was waited for is told that it did not wait, however long the reason is.
  turn.note('going back', aside === undefined ? why : `${cut(why, aside.length)}${aside}`, figures);
}

/** For whom it waited; undefined where for nobody. */
function waitedFor({ record }: Turn): string | undefined {
  if (record.paused) return `, while ${cut(record.paused.by, 400)} had paused it`;
  return stepAt(record)?.kind === 'confirm' ? ', while it waited for a person' : undefined;
}
