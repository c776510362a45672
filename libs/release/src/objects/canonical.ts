import { createHash } from 'node:crypto';

/** The same text for values that say the same, whatever the order of their keys. */
export function canonical(value: unknown): string {
  return JSON.stringify([value], sortKeys);
}

/**
 * Some letters that tell values apart: hexadecimal digits of the SHA-256 of their canonical text.
 *
 * @param length in letters
 */
export function shortHash(value: unknown, length: number): string {
  return createHash('sha256').update(canonical(value)).digest('hex').slice(0, length);
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
