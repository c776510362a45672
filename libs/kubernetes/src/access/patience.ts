/** How often the same thing is asked at most, and for how long it is waited for in all. */
export const MOST_ATTEMPTS = 5;
/** With the longest that an answer may take, this stays within a minute. */
export const MOST_WAITING_MILLISECONDS = 20_000;

/** What counts of an answer. */
interface Answer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
}

/**
 * How long an overloaded server asks to be left alone, in milliseconds; undefined where it does not.
 *
 * @param now in milliseconds since the Unix epoch
 * @see https://httpwg.org/specs/rfc9110.html#field.retry-after
 */
export function retryAfter({ status, headers }: Answer, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value || (status !== 429 && status !== 503)) return undefined;
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

/**
 * Whether the same request may be sent once more. 429 comes before anything was done (priority and
 * fairness); with 503 it may have been done, so that only what does the same when done twice is
 * sent again: not POST, nor PUT, whose second one would conflict with the first.
 */
export function mayRepeat(status: number, method: string): boolean {
  return status === 429 || method === 'GET' || method === 'PATCH' || method === 'DELETE';
}
