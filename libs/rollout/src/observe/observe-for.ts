import type { Judge, JudgeContext } from '../ports/judge.ts';
import type { Observer } from '../ports/observer.ts';
import { seriesRules, type JudgedSeries } from './judged-series.ts';
import { observedShare, requestsSince, type Baseline } from './request-counts.ts';

interface State {
  readonly at: number | undefined;
  readonly baseline: Baseline;
}

/**
 * The judge of a release that is given time and nothing else: it counts requests per release, and
 * never has an objection. For plans whose steps observe until a time, not until a verdict.
 */
export function observeFor(observer: Observer, series: JudgedSeries = {}): Judge {
  const { counters } = seriesRules(series);
  let context: JudgeContext | undefined;
  let state: State = { at: undefined, baseline: {} };
  return {
    begin: (begun) => {
      context = begun;
    },
    look: async (signal) => {
      const look = await observer.look(signal);
      const { requests, baseline } = requestsSince(state.baseline, state.at, look, series);
      state = { at: look.at, baseline: onlyCounted(baseline, counters) };
      const canary = context?.canary.release ?? '';
      const share = observedShare(requests, canary);
      if (!share) {
        return {
          verdict: 'no data',
          reason: 'no requests since the last look',
          evidence: {},
          requests,
        };
      }
      return {
        verdict: 'undecided',
        // Nothing is judged: what has data has all that is asked for.
        couldPromote: true,
        reason: `${canary} has ${percent(share.share)} of the requests (${percent(share.low)} to ${percent(share.high)})`,
        evidence: { 'observed share': share.share },
        requests,
      };
    },
    state: () => state,
    restore: (saved) => {
      state = saved as State;
    },
  };
}

/** Keeps what is counted and no other series, so that the saved state stays small. */
function onlyCounted(baseline: Baseline, counters: readonly string[]): Baseline {
  return Object.fromEntries(
    Object.entries(baseline).map(([pod, sample]) => [
      pod,
      { ...sample, series: sample.series.filter(({ name }) => counters.includes(name)) },
    ]),
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
