import * as z from 'zod';
import { failure, success } from './prometheus-schemas.ts';

/** One exchange with a Prometheus server, for the message of an error. */
export interface Exchange {
  /** Such as `Prometheus at http://127.0.0.1:9090`. */
  readonly who: string;
  /** Path and query, readable. */
  readonly asked: string;
  readonly response: Response;
  /** The whole body. */
  readonly text: string;
}

const REMEDIES = new Map([
  [401, 'give the headers with which it lets you in, by --prometheus-header-file'],
  [403, 'give the headers with which it lets you in, by --prometheus-header-file'],
  [404, 'check that the URL is that of Prometheus, with its path prefix if it has one'],
  [503, 'wait until it is ready: it may be starting'],
]);
const SEE_LOG = 'see its own log';
const WRONG_URL = 'check that the URL is that of Prometheus itself, not of a page in front of it';

/**
 * The data of Prometheus' answer.
 *
 * @throws an `Error` that says what came instead, and the remedy
 */
export function dataOf<T>({ who, asked, response, text }: Exchange, data: z.ZodType<T>): T {
  const json = parsed(text);
  const refused = failure.safeParse(json);
  if (refused.success) {
    const { errorType, error } = refused.data;
    const remedy = errorType === 'bad_data' ? 'correct what is asked' : SEE_LOG;
    throw new Error(`${who} refused ${asked}: ${errorType}: ${error}; ${remedy}`);
  }
  const answered = `${who} answered ${asked} with`;
  const { status, statusText, headers } = response;
  if (!response.ok)
    throw new Error(
      `${answered} HTTP status ${status} ${statusText}; ${REMEDIES.get(status) ?? SEE_LOG}`,
    );
  if (json === undefined)
    throw new Error(
      `${answered} ${headers.get('content-type') ?? 'something'} that is not JSON; ${WRONG_URL}`,
    );
  const answer = success
    .transform((envelope) => envelope.data)
    .pipe(data)
    .safeParse(json);
  if (answer.success) return answer.data;
  throw new Error(
    `${answered} JSON of another shape: ${z.prettifyError(answer.error)}; ${WRONG_URL}`,
    { cause: answer.error },
  );
}

/** `undefined` where the text is no JSON, which itself cannot say `undefined`. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
