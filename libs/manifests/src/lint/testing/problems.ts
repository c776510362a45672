import { scopeOf } from '../model/scope.ts';
import { readManifests } from '../read/read-manifests.ts';
import type { Rule } from '../rule.ts';

/** What a rule finds in YAML: a line number, the object and the message each. */
export function problems({ check }: Rule, yaml: string): string[] {
  return check(scopeOf(readManifests('test.yaml', yaml))).map(
    ({ manifest, path, message }) =>
      `${manifest.lineOf(path)}: ${manifest.kind} ${manifest.name}: ${message}`,
  );
}
