import type { Impersonated } from './entries.ts';

/**
 * The headers by which the API server does a request as someone else; of groups each has its own.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/
 */
export function impersonationHeaders(as: Impersonated): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  if (as.user !== undefined) headers['impersonate-user'] = bytes(as.user);
  if (as.uid !== undefined) headers['impersonate-uid'] = bytes(as.uid);
  if (as.groups.length > 0) headers['impersonate-group'] = as.groups.map(bytes);
  for (const [key, values] of Object.entries(as.extra))
    headers[`impersonate-extra-${escaped(key)}`] = values.map(bytes);
  return headers;
}

/** A header is written byte by byte, and the API server reads UTF-8. */
function bytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** A key such as `example.com/team`, in the characters that a header's name may have. */
function escaped(key: string): string {
  return [...Buffer.from(key, 'utf8')]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      if (/[A-Za-z0-9!#$&'*+.^_`|~-]/.test(character)) return character;
      return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}
