/** A word of a metric's name by which it is about requests; a pattern. */
export const REQUEST_WORD =
  '(?:requests?|reqs?|responses?|rpcs?|calls?|handled|rq|hits|transactions?)';

const ABOUT = new RegExp(`(?:^|_)(?:${REQUEST_WORD}|http|grpc)(?:_|$)`);

/** What looks like a count of requests and is none; the first that fits says why. */
const NONE: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^promhttp_|(?:^|_)(?:scrapes?|metrics?_handler)(?:_|$)/, 'counts scrapes of the metrics'],
  [
    /(?:^|_)(?:in_?flight|in_?progress|active|pending|queued?|waiting|current)(?:_|$)/,
    'tells the requests that are being answered',
  ],
  [/(?:^|_)(?:size|bytes|body|length|payload)(?:_|$)/, 'is about sizes'],
  [
    /(?:^|_)(?:client|clients|outgoing|outbound|egress|upstream|external|backend|fetch|axios|webhook)(?:_|$)/,
    'is about requests that it makes itself',
  ],
  [
    /(?:^|_)(?:db|database|sql|mysql|postgres|pg|redis|mongo|mongodb|kafka|amqp|nats|cache|dns|ldap|s3|aws|etcd|elasticsearch)(?:_|$)/,
    'is about other services',
  ],
  [
    /(?:^|_)(?:errors?|exceptions?|failures?|failed|rejected|rejections|timeouts?|retries|retry|throttled)(?:_|$)/,
    'counts failures alone, which are among all requests as well',
  ],
  [
    /(?:^|_)(?:started|before|msg|messages?|connections?|streaming|dispatches)(?:_|$)/,
    'does not count how requests ended',
  ],
  [/(?:^|_)(?:percent|rate|ratio|avg|mean|max|min|limit|quota)(?:_|$)/, 'is no count'],
];

/** What a process says of itself. */
const RUNTIME = /^(?:go|process|python|nodejs|jvm|ruby|dotnet|system)_/;

/** Whether a name is about requests to a server, or looks so. */
export function isAboutRequests(name: string): boolean {
  return ABOUT.test(wordsOf(name)) && !RUNTIME.test(name);
}

/** Why a metric of that name counts no requests to a server; undefined where it may. */
export function whyNone(name: string): string | undefined {
  const words = wordsOf(name);
  return NONE.find(([pattern]) => pattern.test(words))?.[1];
}

/** Labels that tell how a request went, the best first. */
const STATUS: readonly RegExp[] = [
  /(?:^|_)(?:(?:status|response|reply)_code|http_(?:response_)?status|grpc_(?:code|status))$/,
  /(?:^|_)(?:http_)?status$|^code$/,
  /(?:^|_)code$/,
  /(?:^|_)(?:status|code|response)_(?:class|group|family)$|(?:^|_)classification$/,
  /(?:^|_)(?:outcome|result)$/,
  /^(?:is_)?(?:ok|success|succeeded|successful)$/,
];

/** How well a label tells by its name how a request went, 0 being the best; undefined where it does not. */
export function statusRank(label: string): number | undefined {
  const words = wordsOf(label);
  const rank = STATUS.findIndex((pattern) => pattern.test(words));
  return rank < 0 ? undefined : rank;
}

/** `statusCode` is `status_code`. */
function wordsOf(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
