/** How a request went, as the value of a status label says it; undefined where nobody understands it. */
export type StatusRule = (value: string) => 'answered' | 'failed' | undefined;

/**
 * Which requests failed: the one rule for the judge and for the page.
 *
 * Understood are HTTP statuses (`200`; `0` and `000` stand for no answer), their classes (`5xx`), their
 * names (`Internal Server Error`, `BAD_GATEWAY`), words such as `success` and `error`, `true` and `false`
 * of a label such as `ok`, classes without their `xx` where the label's name says `class`, and, where
 * that of the label or of the metric says `grpc` or `rpc`, gRPC's codes as names or numbers. A status of
 * the caller's making, such as 404 or `NotFound`, is an answer.
 *
 * @param label the label's name
 * @param errorStatus a regular expression for failed requests, which then is the whole rule
 * @param metric the name of the metric that has the label
 * @throws an `Error` where it is none
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-15
 * @see https://grpc.io/docs/guides/status-codes/
 */
export function statusRule(label: string, errorStatus?: string, metric = ''): StatusRule {
  if (errorStatus !== undefined) {
    const failed = statusPattern(errorStatus);
    return (value) => (failed.test(value) ? 'failed' : 'answered');
  }
  const rules: StatusRule[] = [
    ...(RPC.test(label) || RPC.test(metric) ? [grpcStatus] : []),
    ...(/class/i.test(label) ? [classDigit] : []),
    ...(SUCCESS.test(label) ? [yesOrNo] : []),
    httpStatus,
  ];
  return (value) => rules.map((rule) => rule(value)).find((answer) => answer !== undefined);
}

const RPC = /grpc|(?:^|_)rpc/i;
/** Labels whose `true` is a request that went well. */
const SUCCESS = /^(?:ok|is_?ok|success|succeeded|successful|is_?success)$/i;

function classDigit(value: string): ReturnType<StatusRule> {
  return /^[1-5]$/.test(value) ? httpStatus(`${value}xx`) : undefined;
}

function yesOrNo(value: string): ReturnType<StatusRule> {
  if (!/^(?:true|false)$/i.test(value)) return undefined;
  return /^true$/i.test(value) ? 'answered' : 'failed';
}

function httpStatus(value: string): ReturnType<StatusRule> {
  if (/^[1-4]\d\d$/.test(value) || /^[1-4]xx$/i.test(value)) return 'answered';
  if (/^5\d\d$/.test(value) || /^5xx$/i.test(value) || /^0(00)?$/.test(value)) return 'failed';
  const word = plain(value);
  if (ANSWERED.has(word)) return 'answered';
  return FAILED.has(word) ? 'failed' : undefined;
}

function grpcStatus(value: string): ReturnType<StatusRule> {
  if (/^\d\d?$/.test(value)) return GRPC[Number(value)]?.[1];
  // Go's spelling.
  const word = plain(value).replace(/^canceled$/, 'cancelled');
  return GRPC.find(([name]) => name === word)?.[1];
}

/** `Not Found`, `NOT_FOUND` and `NotFound` are one word. */
function plain(value: string): string {
  return value.replace(/[\s_'-]/g, '').toLowerCase();
}

/** Reason phrases of RFC 9110, and those of RFC 6585 that libraries use. */
const ANSWERED: ReadonlySet<string> = new Set(
  [
    ...['OK', 'Success', 'Succeeded', 'Continue', 'Switching Protocols', 'Created', 'Accepted'],
    ...['Non-Authoritative Information', 'No Content', 'Reset Content', 'Partial Content'],
    ...['Multiple Choices', 'Moved Permanently', 'Found', 'See Other', 'Not Modified'],
    ...['Use Proxy', 'Temporary Redirect', 'Permanent Redirect', 'Bad Request', 'Unauthorized'],
    ...['Payment Required', 'Forbidden', 'Not Found', 'Method Not Allowed', 'Not Acceptable'],
    ...['Proxy Authentication Required', 'Request Timeout', 'Conflict', 'Gone', 'Length Required'],
    ...['Precondition Failed', 'Content Too Large', 'Payload Too Large', 'URI Too Long'],
    ...['Unsupported Media Type', 'Range Not Satisfiable', 'Expectation Failed', "I'm a teapot"],
    ...['Misdirected Request', 'Unprocessable Content', 'Unprocessable Entity', 'Upgrade Required'],
    ...['Precondition Required', 'Too Many Requests', 'Request Header Fields Too Large'],
    ...['Informational', 'Redirection', 'Client Error'],
  ].map(plain),
);
const FAILED: ReadonlySet<string> = new Set(
  [
    ...['Error', 'Failure', 'Failed', 'Exception', 'Server Error', 'Internal Server Error'],
    ...['Not Implemented', 'Bad Gateway', 'Service Unavailable', 'Gateway Timeout'],
    ...['HTTP Version Not Supported', 'Network Authentication Required'],
  ].map(plain),
);

/** By their numbers. */
const GRPC = (
  [
    ['OK', 'answered'],
    ['Cancelled', 'answered'],
    ['Unknown', 'failed'],
    ['InvalidArgument', 'answered'],
    ['DeadlineExceeded', 'failed'],
    ['NotFound', 'answered'],
    ['AlreadyExists', 'answered'],
    ['PermissionDenied', 'answered'],
    ['ResourceExhausted', 'answered'],
    ['FailedPrecondition', 'answered'],
    ['Aborted', 'failed'],
    ['OutOfRange', 'answered'],
    ['Unimplemented', 'failed'],
    ['Internal', 'failed'],
    ['Unavailable', 'failed'],
    ['DataLoss', 'failed'],
    ['Unauthenticated', 'answered'],
  ] as const
).map(([name, meaning]) => [plain(name), meaning] as const);

function statusPattern(errorStatus: string): RegExp {
  try {
    return new RegExp(errorStatus);
  } catch (cause) {
    throw new Error(
      `errorStatus ${JSON.stringify(errorStatus)} is no regular expression: give one such as ^5`,
      { cause },
    );
  }
}
