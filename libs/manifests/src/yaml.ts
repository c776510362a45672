import { stringify } from 'yaml';

/** The objects as one YAML stream, as `kubectl apply -f -` takes it; the same objects give the same text. */
export function toYaml(objects: readonly object[]): string {
  return objects
    .map((object) => stringify(object, { lineWidth: 0, aliasDuplicateObjects: false }))
    .join('---\n');
}
