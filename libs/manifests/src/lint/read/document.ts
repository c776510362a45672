import type { Path } from '../model/fields.ts';

/** One document of a file: a value, and the line of every part of it. */
export interface ManifestDocument {
  readonly value: unknown;
  readonly lineOf: (path: Path) => number;
}
