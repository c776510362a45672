import type { ActionName, PageView } from '@canary/api/client';
import type { Texts } from './en.ts';
import { stepText } from './sentences.ts';

/** What an action leads to as things are, a sentence each. */
export function willHappen(action: ActionName, { status }: PageView, t: Texts): string[] {
  const { rollout } = status;
  if (!rollout) return [];
  const { plan, step, from, to, driver } = rollout;
  const stableReplicas = plan[0]?.split.stable ?? 0;
  const [now, next] = [plan[step - 1], plan[step]];
  const effects: Readonly<Record<ActionName, readonly string[]>> = {
    promote: [next ? t.will.next(stepText(next, t)) : t.will.last],
    pause: [t.will.pause],
    resume: [t.will.resume(now ? stepText(now, t) : t.waits['first step'])],
    abort: [t.will.abort(from, stableReplicas, to)],
  };
  const isAlone = !driver || driver.gone;
  return [...effects[action], ...(isAlone && action !== 'pause' ? [t.will.nobody] : [])];
}
