/** Names for the codes of Node's and undici's errors, in Prometheus' words where it has some. */
const REASONS = new Map([
  ['ECONNREFUSED', 'connection refused'],
  ['ECONNRESET', 'connection reset by peer'],
  ['EPIPE', 'connection reset by peer'],
  ['UND_ERR_SOCKET', 'connection closed before the answer was complete'],
  ['EHOSTUNREACH', 'no route to host'],
  ['ENETUNREACH', 'network is unreachable'],
]);

/** The codes of a connection that the other side closed. */
const CLOSED: ReadonlySet<string | undefined> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** Why a request failed, in a few words; `fetch` itself says only "fetch failed", and has the cause inside. */
export function faultOf(error: unknown): string {
  const cause = innermost(error);
  const known = REASONS.get(codeOf(cause) ?? '');
  if (known !== undefined) return known;
  return cause instanceof Error ? cause.message : String(cause);
}

/** Whether the other side closed the connection. */
export function wasClosed(error: unknown): boolean {
  return CLOSED.has(codeOf(innermost(error)));
}

/** Whether the other side refused or closed the connection, or could not be reached. */
export function isUnanswered(error: unknown): boolean {
  return REASONS.has(codeOf(innermost(error)) ?? '') || TIMEOUTS.has(codeOf(innermost(error)));
}

/** The codes of undici's and the system's own timeouts. */
const TIMEOUTS: ReadonlySet<string | undefined> = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

function innermost(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? innermost(error.cause) : error;
}

function codeOf(error: unknown): string | undefined {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
