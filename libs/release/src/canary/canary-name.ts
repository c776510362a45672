import { shortHash } from '../objects/canonical.ts';

const SUFFIX = '-canary';
/** Letters of a DNS label. */
const LONGEST = 63;
const HASH_LENGTH = 8;

/**
 * What the canary of a Deployment is called: `shop-canary`. Where that is no DNS label, as the name
 * is too long or has dots in it, a hash of the name keeps it apart from others that begin alike.
 */
export function canaryName(name: string): string {
  const label = name.replaceAll('.', '-');
  if (label === name && name.length + SUFFIX.length <= LONGEST) return `${name}${SUFFIX}`;
  const room = LONGEST - SUFFIX.length - HASH_LENGTH - 1;
  const kept = label.slice(0, room).replace(/-+$/, '');
  return `${kept}-${shortHash(name, HASH_LENGTH)}${SUFFIX}`;
}
