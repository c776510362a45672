/** One transition: when, what, why, and on what figures. */
export interface HistoryEntry {
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  /** What happened, such as `stage 2 of 5: observe until a verdict`. */
  readonly what: string;
  readonly why: string;
  /** Why a person's command was not followed. */
  readonly refusal?: string;
  /** The figures it was decided on, such as `canary ready` or `E`. */
  readonly figures: Readonly<Record<string, number>>;
}

/** A history keeps its first entries and its newest. */
export const HISTORY_BOUNDS = { first: 20, newest: 180, letters: 500 } as const;

/** A bounded history. */
export interface History {
  readonly history: readonly HistoryEntry[];
  readonly forgotten: number;
}

/** The history with one more entry, its texts cut to a bounded length. */
export function remember({ history, forgotten }: History, entry: HistoryEntry): History {
  const { first, newest } = HISTORY_BOUNDS;
  const all = [...history, { ...entry, what: cut(entry.what), why: cut(entry.why) }];
  if (all.length <= first + newest) return { history: all, forgotten };
  return { history: [...all.slice(0, first), ...all.slice(first + 1)], forgotten: forgotten + 1 };
}

/**
 * A text of bounded length, so that no message of a platform can outgrow the record.
 *
 * @param less how many letters shorter than usual
 */
export function cut(text: string, less = 0): string {
  const letters = HISTORY_BOUNDS.letters - less;
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`;
}
