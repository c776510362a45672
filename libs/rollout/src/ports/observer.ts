/** One cumulative series of one pod, as exposed: a counter, or one bucket, sum or count of a histogram. */
export interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Every wanted series of one pod at one instant. */
export interface PodSample {
  readonly pod: string;
  readonly release: string;
  /** When the sample was taken, in milliseconds since the Unix epoch. */
  readonly at: number;
  /** When the pod's process started, in milliseconds since the Unix epoch, where it tells. */
  readonly startedAt: number | undefined;
  readonly series: readonly Series[];
  /** Restarts of its containers so far, where the platform tells. */
  readonly restarts?: number | undefined;
  /** Whether the platform has it ready, where that is known. */
  readonly ready?: boolean | undefined;
  /** Paths at which it is scraped and probed: requests to them are nobody's traffic. */
  readonly ownPaths?: readonly string[] | undefined;
  /** What of the wanted series could not be read, and was left out; in sentences without the pod's name. */
  readonly faults?: readonly string[] | undefined;
  /** What it says of its metrics, by their names, where all of them were asked for and it does. */
  readonly metadata?: Readonly<Record<string, Metadata>> | undefined;
}

/** What a pod says of one of its metrics, in the words of its exposition. */
export interface Metadata {
  /** Such as `counter`. */
  readonly type?: string;
  /** Such as `ms`. */
  readonly unit?: string;
}

/** A pod that asks to be scraped, and whether it can be. */
export interface Target {
  readonly pod: string;
  readonly release: string;
  /** What is scraped, such as `http://10.244.1.7:5555/metrics`. */
  readonly url: string;
  readonly health: 'up' | 'down' | 'unknown';
  /** Why it is down, in one sentence. */
  readonly error: string | undefined;
  /** It is ready, was asked, and gave no answer: too late, or its connection was refused or closed. */
  readonly unanswered?: boolean | undefined;
}

/** What one look at the pods of an app shows. */
export interface Look {
  /** When it was taken, in milliseconds since the Unix epoch. */
  readonly at: number;
  readonly samples: readonly PodSample[];
  readonly targets: readonly Target[];
}

/** Looks at all pods of an app at once. */
export interface Observer {
  /** @throws an `Error` that names the source and the remedy, where the source itself cannot be asked */
  look(signal?: AbortSignal): Promise<Look>;
}
