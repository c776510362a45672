import type { Metadata, PodSample, Series } from '@canary/rollout';

/** All that pods of one release expose. */
export interface Exposed {
  readonly series: readonly Series[];
  /** Types and units by the names of metrics, where the pods say them. */
  readonly metadata?: Readonly<Record<string, Metadata>> | undefined;
  /** Paths at which they are scraped and probed: requests to them are nobody's traffic. */
  readonly ownPaths?: readonly string[] | undefined;
}

/** What several pods of a release expose, sampled with all their metrics, as one. */
export function exposedBy(samples: readonly PodSample[]): Exposed {
  return {
    series: samples.flatMap(({ series }) => series),
    metadata: Object.assign({}, ...samples.map(({ metadata }) => metadata)) as Exposed['metadata'],
    ownPaths: [...new Set(samples.flatMap(({ ownPaths = [] }) => ownPaths))],
  };
}

/** {@link Exposed} by name. */
export class Families {
  readonly exposed: Exposed;
  readonly #byName = new Map<string, Series[]>();

  constructor(exposed: Exposed) {
    this.exposed = exposed;
    for (const one of exposed.series) {
      const known = this.#byName.get(one.name);
      if (known) known.push(one);
      else this.#byName.set(one.name, [one]);
    }
  }

  /** Names of series, such as `http_request_duration_seconds_count`. */
  get names(): readonly string[] {
    return [...this.#byName.keys()];
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  of(name: string): readonly Series[] {
    return this.#byName.get(name) ?? [];
  }

  /** The family that a series belongs to: its name, without what a histogram, a summary or a client adds to it. */
  familyOf(name: string): string {
    const [, family = name, part] = PART.exec(name) ?? [];
    if (part === undefined) return name;
    if (this.has(`${family}_total`)) return `${family}_total`;
    const isOne = ['_sum', '_bucket', '_count'].some(
      (other) => other !== part && this.has(`${family}${other}`),
    );
    return isOne || part !== '_count' ? family : name;
  }

  /** It is the `_count` of a histogram or summary. */
  isObserved(name: string): boolean {
    return name.endsWith('_count') && this.familyOf(name) !== name;
  }

  /** What the pods say of a series' metric. */
  metadataOf(name: string): Metadata | undefined {
    const { metadata = {} } = this.exposed;
    return metadata[name] ?? metadata[name.replace(/_total$/, '')] ?? metadata[this.familyOf(name)];
  }
}

const PART = /^(.+)(_bucket|_sum|_count|_created|_max|_gcount|_gsum)$/;
