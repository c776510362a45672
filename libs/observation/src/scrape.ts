import { faultOf, isUnanswered, wasClosed } from './fault.ts';
import type { ScrapeUrl } from './scrape-annotations.ts';

/** What a scrape needs apart from where it goes. */
export interface ScrapeMeans {
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal;
  /** More than this of a body, unpacked, is not read. */
  readonly maxBytes: number;
  /** Milliseconds since the Unix epoch. */
  readonly clock: () => number;
}

/** The exposition of one pod, or in a sentence why there is none. */
export type Scrape =
  | { readonly text: string; readonly at: number; readonly error?: undefined }
  | {
      readonly error: string;
      /** It came too late, or its connection was refused or closed. */
      readonly unanswered: boolean;
    };

/** OpenMetrics is taken, and not asked for: some libraries would prefer it whatever its weight. */
const ACCEPT = 'text/plain;version=0.0.4;q=1,*/*;q=0.1';
const MEDIA_TYPES = ['text/plain', 'application/openmetrics-text'];

/**
 * Fetches one exposition. `at` is when the head of the response arrived: a pod puts its counters
 * together before it sends that, while the body may still be on its way for long. A failure is a
 * result, worded much as Prometheus words it; only an abort of the signal from outside is left to
 * the caller to see.
 */
export async function scrape(to: ScrapeUrl, means: ScrapeMeans): Promise<Scrape> {
  try {
    const response = await request(to, means);
    const at = means.clock();
    const refusal = refusalOf(response);
    if (refusal !== undefined) {
      await response.body?.cancel();
      return { error: refusal, unanswered: false };
    }
    return { text: await bodyText(response, means.maxBytes), at };
  } catch (error) {
    const { signal } = means;
    const unanswered = signal.aborted || isUnanswered(error);
    return { error: faultOf(signal.aborted ? signal.reason : error), unanswered };
  }
}

/** A kept-alive connection that the pod closes in this very moment says nothing about the pod: once more. */
async function request({ url, headers }: ScrapeUrl, means: ScrapeMeans): Promise<Response> {
  const ask = () =>
    means.fetch(url, { headers: { accept: ACCEPT, ...headers }, signal: means.signal });
  return ask().catch((error: unknown) => {
    if (means.signal.aborted || !wasClosed(error)) throw error;
    return ask();
  });
}

/** Prometheus 3 takes no answer without a content type either. */
function refusalOf({ status, statusText, headers }: Response): string | undefined {
  if (status !== 200) return `server returned HTTP status ${status} ${statusText}`.trimEnd();
  const contentType = headers.get('content-type');
  if (contentType === null) return 'received no Content-Type, expected text/plain';
  const [mediaType] = contentType.split(';');
  if (MEDIA_TYPES.includes(mediaType?.trim().toLowerCase() ?? '')) return undefined;
  return `received unsupported Content-Type ${JSON.stringify(contentType)}, expected text/plain`;
}

async function bodyText(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const body: AsyncIterable<Uint8Array> | [] = response.body ?? [];
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new Error(`body size limit of ${maxBytes} bytes exceeded`);
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new Error('the body is not UTF-8');
  }
}
