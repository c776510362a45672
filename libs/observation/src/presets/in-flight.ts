import type { Families } from './exposed.ts';

const IN_FLIGHT =
  /^(?!promhttp_|nodejs_)(?:\w+_)?(?:requests?_(?:in_?flight|in_?progress|inprogress|active|pending)|(?:in_?flight|active|pending)_requests?)$/;
const ELSEWHERE = /(?:^|_)(?:client|outgoing|outbound|upstream|backend|scrape)(?:_|$)/;

/** Whether a metric is a gauge of the requests to a server that are being answered. */
export function isInFlight(name: string, families: Families): boolean {
  if (!IN_FLIGHT.test(name) || ELSEWHERE.test(name)) return false;
  const type = families.metadataOf(name)?.type ?? 'gauge';
  return type === 'gauge' || type === 'untyped' || type === 'unknown';
}
