import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret of 32 random bytes, as it can stand in an address. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Whether it is the secret; takes as long whatever was given, so that nobody can guess it letter by letter. */
export function isToken(given: string, token: string): boolean {
  return timingSafeEqual(hashed(given), hashed(token));
}

function hashed(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
