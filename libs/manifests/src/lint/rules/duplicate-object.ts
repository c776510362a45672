import { valueAt } from '../model/fields.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Rule } from '../rule.ts';

/** One object twice in one file. */
export const duplicateObject: Rule = {
  id: 'duplicate-object',
  severity: 'error',
  summary: 'the same object twice in one file',
  why: 'The later one changes the earlier one as soon as it is applied, and what the earlier one says is gone. Copies of a release that forgot to change the name end so: there is one Deployment, not two.',
  fix: 'Give the second its own name, or delete it.',
  check: ({ manifests }) => {
    const seen = new Map<string, Manifest>();
    return manifests.flatMap((manifest) => {
      const { file, group, kind, namespace, fields } = manifest;
      // A generateName becomes another name each time.
      const name = valueAt(fields, ['metadata', 'name']);
      if (typeof name !== 'string') return [];
      const key = [file, group, kind, namespace, name].join(' ');
      const first = seen.get(key);
      if (!first) seen.set(key, manifest);
      if (!first) return [];
      const message = `the object is also in line ${first.lineOf([])} of this file`;
      return { manifest, path: ['metadata', 'name'], message };
    });
  },
};
