import type { Situation } from '../world/situation.ts';
import { argo, ARGO, ARGO_BACKGROUND } from './argo.ts';
import type { Contestant } from './contestant.ts';
import { flagger, FLAGGER } from './flagger.ts';
import { kayenta, KAYENTA_Z } from './kayenta.ts';
import { ours } from './ours.ts';
import type { Tuning } from './tuning.ts';

/** What a judge is made for. */
export interface Occasion {
  readonly situation: Situation;
  /** Made on the runs of a canary that is no worse, in the same situation otherwise. */
  readonly tuning: Tuning | undefined;
}

/** A judge that takes part. */
export interface JudgeKind {
  readonly title: string;
  readonly make: (occasion: Occasion) => Contestant;
}

const WITHHELD = 'promotions are withheld, to look on for the whole hour';
const FAST = { intervalSeconds: 10 };

/** All that take part, by name, in the order of tables. */
export const judges = {
  ours: { title: 'ours', make: () => ours({}) },
  robust: { title: 'ours, robust', make: () => ours({ robust: true }) },
  patient: { title: 'ours, never promoting', make: () => ours({}, WITHHELD) },
  robustPatient: {
    title: 'ours, robust, never promoting',
    make: () => ours({ robust: true }, WITHHELD),
  },
  flagger: { title: 'Flagger 1m/5', make: () => flagger(FLAGGER) },
  flaggerFast: { title: 'Flagger 10s/5', make: () => flagger({ ...FLAGGER, ...FAST }) },
  argo: { title: 'Argo 60s×5, limit 1', make: () => argo(ARGO) },
  argoStrict: { title: 'Argo 60s×5, limit 0', make: () => argo({ ...ARGO, failureLimit: 0 }) },
  argoFast: { title: 'Argo 10s×5, limit 1', make: () => argo({ ...ARGO, ...FAST }) },
  argoBackground: { title: 'Argo 5m, limit 3', make: () => argo(ARGO_BACKGROUND) },
  kayenta: { title: 'Kayenta 1h', make: () => kayenta(KAYENTA_Z) },
  flaggerTuned: {
    title: 'Flagger, tuned',
    make: ({ situation, tuning }) => flagger({ ...FLAGGER, ...tunedFlagger(situation, tuning) }),
  },
  argoTuned: {
    title: 'Argo, tuned',
    make: ({ tuning }) => argo({ ...ARGO, leastSuccess: known(tuning).argoSuccess }),
  },
  kayentaTuned: {
    title: 'Kayenta, tuned',
    make: ({ tuning }) => kayenta(known(tuning).kayentaZ),
  },
} as const satisfies Record<string, JudgeKind>;

export type JudgeName = keyof typeof judges;

/** Those that are the judge of libs/judge. */
export const OURS: readonly JudgeName[] = ['ours', 'robust', 'patient', 'robustPatient'];

/** Whoever tunes knows what to look for: the metric that the canary changes. */
function tunedFlagger({ latency }: Situation, tuning: Tuning | undefined) {
  const { flaggerSuccess, flaggerSeconds } = known(tuning);
  return latency > 1 ? { mostSeconds: flaggerSeconds } : { leastSuccess: flaggerSuccess };
}

function known(tuning: Tuning | undefined): Tuning {
  if (!tuning)
    throw new Error('a tuned judge needs a cell of the same situation with no worse canary');
  return tuning;
}
