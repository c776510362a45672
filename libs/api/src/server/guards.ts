import { isIP } from 'node:net';
import type { MiddlewareHandler } from 'hono';
import { isToken } from './token.ts';

/** Sent with every action: no other site's page can send it without asking first. */
export const ACTION_HEADER = 'x-canary-action';

/**
 * Refuses requests to names that are not ours: a page of another site whose name has been made to
 * lead here (DNS rebinding) is not to read anything. Addresses cannot be made to lead elsewhere.
 */
export function ownHost(name: string | undefined): MiddlewareHandler {
  return async (c, next) => {
    const host = hostnameOf(c.req.header('host') ?? '');
    const bare = host.replace(/^\[|\]$/g, '');
    if (host !== 'localhost' && host !== name && isIP(bare) === 0) {
      return c.json(
        { error: `this is no server of ${host || 'no name'}: use the address that was printed` },
        421,
      );
    }
    return next();
  };
}

/** Refuses requests of other sites' pages. */
export const ownOrigin: MiddlewareHandler = async (c, next) => {
  const origin = c.req.header('origin');
  const site = c.req.header('sec-fetch-site');
  const isOwn = origin === undefined || origin === `http://${c.req.header('host') ?? ''}`;
  const isSame = site === undefined || site === 'same-origin' || site === 'none';
  if (isOwn && isSame) return next();
  return c.json(
    { error: `${origin ?? 'another site'} may not ask here: use the page itself` },
    403,
  );
};

/** Refuses who does not know the secret. */
export function knowsToken(token: string): MiddlewareHandler {
  return async (c, next) => {
    const [scheme, given = ''] = (c.req.header('authorization') ?? '').split(' ');
    if (scheme === 'Bearer' && isToken(given, token)) return next();
    c.header('WWW-Authenticate', 'Bearer');
    return c.json(
      { error: 'the token is missing or wrong: open the address that canary has printed' },
      401,
    );
  };
}

/** Refuses an action that is no deliberate request of a script or of the page. */
export const deliberate: MiddlewareHandler = async (c, next) => {
  if (c.req.header(ACTION_HEADER) !== undefined) return next();
  return c.json({ error: `the header ${ACTION_HEADER} is missing: send it with any value` }, 403);
};

function hostnameOf(host: string): string {
  try {
    return new URL(`http://${host}`).hostname;
  } catch {
    return '';
  }
}
