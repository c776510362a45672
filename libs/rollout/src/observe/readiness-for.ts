import type { Judge, JudgeContext, Opinion } from '../ports/judge.ts';
import type { Look, Observer } from '../ports/observer.ts';

/** So many restarts of the canary, and more for each pod than the stable release has, roll it back. */
const MOST_RESTARTS = 3;

interface Saved {
  readonly rollout: string;
  /** By pod of the stable release its restarts when it was first seen. */
  readonly before: Readonly<Record<string, number>>;
}

/**
 * The judge of a release whose requests nobody can count: readiness and restarts decide, with the time
 * that the plan gives them. Every reason says that no request was judged.
 *
 * The canary may be promoted while all its pods are ready and none has restarted more than those of the
 * stable release do; 3 restarts and more roll it back.
 *
 * @param why no request can be counted, in words that end a sentence
 */
export function readinessFor(observer: Observer, why: string): Judge {
  let context: JudgeContext | undefined;
  let saved: Saved | undefined;
  return {
    begin: (begun) => {
      if (begun.rollout !== saved?.rollout) saved = { rollout: begun.rollout, before: {} };
      context = begun;
    },
    look: async (signal) => {
      const look = await observer.look(signal);
      if (!context || !saved) throw new Error('the judge was not told which releases to compare');
      const [canary, stable] = [context.canary.release, context.stable.release];
      saved = { ...saved, before: seenBefore(look, stable, saved.before) };
      const { before } = saved;
      const restarts = {
        canary: restartsOf(look, canary, {}),
        stable: restartsOf(look, stable, before),
      };
      return opinionOf({ look, canary, restarts, why });
    },
    state: () => saved,
    restore: (state) => {
      const { rollout, before } = (state ?? {}) as Partial<Saved>;
      saved = rollout !== undefined && before ? { rollout, before } : undefined;
    },
  };
}

interface Restarts {
  readonly sum: number;
  readonly perPod: number;
}

interface Seen {
  readonly look: Look;
  readonly canary: string;
  readonly restarts: { readonly canary: Restarts; readonly stable: Restarts };
  readonly why: string;
}

function opinionOf({ look, canary, restarts, why }: Seen): Opinion {
  const own = look.targets.filter(({ release }) => release === canary);
  const notReady = own.find(({ health }) => health !== 'up');
  const evidence = {
    'canary pods': own.length,
    'canary restarts': restarts.canary.sum,
    'stable restarts': restarts.stable.sum,
  };
  const say = (verdict: Opinion['verdict'], what: string): Opinion => ({
    verdict,
    couldPromote: verdict === 'promote',
    reason: `${what}; no request was judged: ${why}`,
    ...{ evidence, requests: {} },
  });
  if (own.length === 0) return say('no data', `no pod of ${canary} runs`);
  const times = `${restarts.canary.sum} ${restarts.canary.sum === 1 ? 'restart' : 'restarts'} of ${canary}`;
  const isMore = restarts.canary.perPod > restarts.stable.perPod;
  if (isMore && restarts.canary.sum >= MOST_RESTARTS)
    return say('roll back', `rolled back: ${times}, ${restarts.stable.sum} of the stable release`);
  if (notReady)
    return say('undecided', `${notReady.pod} is not ready: ${notReady.error ?? notReady.health}`);
  if (isMore) return say('undecided', `not to be promoted: ${times}`);
  return say('promote', `${own.length} of ${own.length} pods of ${canary} ready, ${times}`);
}

function restartsOf(
  { samples }: Look,
  release: string,
  before: Readonly<Record<string, number>>,
): Restarts {
  const own = samples.filter((one) => one.release === release);
  const sum = own.reduce((all, { pod, restarts = 0 }) => all + restarts - (before[pod] ?? 0), 0);
  return { sum, perPod: own.length === 0 ? 0 : sum / own.length };
}

/** Pods that are there, with their restarts when they were first seen. */
function seenBefore({ samples }: Look, stable: string, before: Saved['before']): Saved['before'] {
  const own = samples.filter(({ release }) => release === stable);
  return Object.fromEntries(own.map(({ pod, restarts = 0 }) => [pod, before[pod] ?? restarts]));
}
