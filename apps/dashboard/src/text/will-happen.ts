import type { ActionName, PageView } from '@canary/api/client';
import type { Texts } from './en.ts';
import { stageText } from './sentences.ts';

/** What an action leads to as things are, a sentence each. */
export function willHappen(action: ActionName, { status }: PageView, t: Texts): string[] {
  const { rollout } = status;
  if (!rollout) return [];
  const { plan, stage, from, to, driver } = rollout;
  const stableReplicas = plan[0]?.split.stable ?? 0;
  const [now, next] = [plan[stage - 1], plan[stage]];
  const effects: Readonly<Record<ActionName, readonly string[]>> = {
    promote: [next ? t.will.next(stageText(next, t)) : t.will.last],
    pause: [t.will.pause],
    resume: [t.will.resume(now ? stageText(now, t) : t.waits['first stage'])],
    abort: [t.will.abort(from, stableReplicas, to)],
  };
  const isAlone = !driver || driver.gone;
  return [...effects[action], ...(isAlone && action !== 'pause' ? [t.will.nobody] : [])];
}
