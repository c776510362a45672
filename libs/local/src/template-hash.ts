import { createHash } from 'node:crypto';

/** Kubernetes' letters for generated names: none that could form a word or be misread. */
const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';
const HASH_LENGTH = 10;
const SUFFIX_LENGTH = 5;

/** The same for templates that say the same, whatever the order of their keys. */
export function templateHash(template: unknown): string {
  const digest = createHash('sha256').update(JSON.stringify(template, sortKeys)).digest();
  return [...digest.subarray(0, HASH_LENGTH)].map(letter).join('');
}

/** Tells the pods of one template apart. */
export function podSuffix(random: () => number): string {
  const numbers = Array.from({ length: SUFFIX_LENGTH }, () =>
    Math.floor(random() * LETTERS.length),
  );
  return numbers.map(letter).join('');
}

function letter(number: number): string {
  return LETTERS.charAt(number % LETTERS.length);
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
