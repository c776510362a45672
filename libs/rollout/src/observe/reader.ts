import {
  SeriesLedger,
  type BySide,
  type JudgeLook,
  type JudgeOptions,
  type PodCounters,
  type PodNote,
  type SavedLedger,
} from '@canary/judge';
import type { Look, PodSample } from '../ports/observer.ts';
import { CountedTwice } from './counted-twice.ts';
import { exposedBy, findingsOf, type Findings } from './findings.ts';
import type { SeriesRules } from './judged-series.ts';

/** What is to be read of the looks. */
export interface Wanted {
  readonly rules: SeriesRules;
  readonly options: JudgeOptions;
  /** Latency was asked for by name. */
  readonly isLatencyAsked: boolean;
}

/** A look, as it is judged. */
export interface Reading extends Findings {
  readonly counts: Pick<JudgeLook, 'counted' | 'pods' | 'bounds'>;
  /** What was left out by rule, or lost; a sentence each. */
  readonly notes: readonly string[];
}

/** Reads looks for the judge: the totals of each pod, and what is wrong with what they expose. */
export class Reader {
  readonly #wanted: Wanted;
  #saved: SavedLedger | undefined;
  #ledger: SeriesLedger | undefined;
  #twice: CountedTwice | undefined;
  readonly #ownPaths = new Set<string>();
  readonly #leftOutPaths = new Set<string>();

  /** @param saved what an earlier reader saved */
  constructor(wanted: Wanted, saved?: SavedLedger) {
    this.#wanted = wanted;
    this.#saved = saved;
  }

  /** @param judged the totals that the judge had last */
  read(look: Look, releases: BySide<string>, judged: readonly PodCounters[]): Reading {
    const { rules, options, isLatencyAsked } = this.#wanted;
    const of = (release: string) => look.samples.filter((one) => one.release === release);
    const samples = { canary: of(releases.canary), stable: of(releases.stable) };
    const all = [...samples.canary, ...samples.stable];
    const ledger = this.#ledgerFor(all, judged);
    const taken = ledger.take(
      all,
      look.targets.map(({ pod }) => pod),
    );
    const exposed = (side: 'canary' | 'stable') =>
      exposedBy({
        ...{ release: releases[side], samples: samples[side], values: taken.values },
        ...{ ledger, rules },
      });
    const [canary, stable] = [exposed('canary'), exposed('stable')];
    const { blockers, notJudged } = findingsOf({ canary, stable }, rules, {
      latency: options.metrics.includes('latency'),
      asked: isLatencyAsked,
      hasSamples: samples.canary.length > 0,
    });
    const twice = this.#twice?.take(taken.values);
    return {
      counts: {
        counted: taken.counted,
        pods: taken.pods,
        bounds: {
          canary: [...canary.histogram.upTo.keys()],
          stable: [...stable.histogram.upTo.keys()],
        },
      },
      blockers: [
        ...blockers,
        ...[...taken.troubles, ...taken.unread].map(told),
        ...all.filter(({ faults }) => faults !== undefined).flatMap(faultsOf),
        ...(twice === undefined ? [] : [twice]),
      ],
      notJudged,
      notes: [...taken.lost.map(told), ...this.#leftOut()],
    };
  }

  /** What another reader needs to go on. */
  save(): SavedLedger {
    return this.#ledger?.save() ?? this.#saved ?? { bounds: [], pods: {} };
  }

  /** The ledger, a new one where paths are to be left out that were counted so far. */
  #ledgerFor(samples: readonly PodSample[], judged: readonly PodCounters[]): SeriesLedger {
    const known = this.#ownPaths.size;
    for (const { ownPaths = [] } of samples) for (const path of ownPaths) this.#leaveOut(path);
    if (this.#ledger && this.#ownPaths.size === known) return this.#ledger;
    const { rules } = this.#wanted;
    const saved = this.#ledger?.save() ?? this.#saved;
    this.#ledger = new SeriesLedger(
      rules.classOf(this.#ownPaths, this.#leftOutPaths),
      saved,
      judged,
    );
    this.#twice = new CountedTwice(this.#ledger, rules);
    return this.#ledger;
  }

  /** Users ask for `/`, too, and many a probe does. */
  #leaveOut(path: string): void {
    if (path !== '/') this.#ownPaths.add(path);
  }

  #leftOut(): string[] {
    if (this.#leftOutPaths.size === 0) return [];
    const paths = [...this.#leftOutPaths].sort().join(', ');
    return [`scrapes and probes are no traffic, and were left out: ${paths}`];
  }
}

function faultsOf({ pod, faults = [] }: PodSample): string[] {
  return faults.map((fault) => `${pod}: ${fault}`);
}

function told({ pod, why }: PodNote): string {
  return `${pod}: ${why}`;
}
