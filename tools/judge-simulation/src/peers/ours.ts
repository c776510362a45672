import { beginStep, judgeOptions, weigh, type JudgeOptions } from '@canary/judge';
import type { Contestant } from './contestant.ts';

/**
 * The judge of libs/judge itself.
 *
 * @param blocker keeps it from promoting, so that it goes on looking for the whole hour
 */
export function ours(given: Partial<JudgeOptions>, blocker?: string): Contestant {
  const options = judgeOptions(given);
  let state = beginStep(undefined, 0);
  return {
    look({ look }) {
      const weighed = weigh(state, blocker === undefined ? look : { ...look, blocker }, options);
      state = weighed.state;
      const { verdict } = weighed.judgement;
      return verdict === 'roll back' || verdict === 'promote' ? verdict : undefined;
    },
  };
}
