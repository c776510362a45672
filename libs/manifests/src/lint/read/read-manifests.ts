import { isFields, textOf, valueAt, type Fields, type Path } from '../model/fields.ts';
import { manifestOf, type Manifest } from '../model/manifest.ts';
import type { ManifestDocument } from './document.ts';
import { jsonDocument } from './json-document.ts';
import { ManifestFileError } from './manifest-file-error.ts';
import { yamlDocuments } from './yaml-documents.ts';

/**
 * The Kubernetes objects of a file, YAML or JSON; those of a `List` one by one.
 *
 * @param file what findings and errors call it
 * @throws {@link ManifestFileError} where it has none, or something else
 */
export function readManifests(file: string, text: string): Manifest[] {
  const documents = /^\s*\{\s*"/.test(text)
    ? [jsonDocument(file, text)]
    : yamlDocuments(file, text);
  const manifests = documents.flatMap((document) => objectsIn(file, document, []));
  if (manifests.length > 0) return manifests;
  throw new ManifestFileError(
    file,
    1,
    'there is no object in it: name a file of Kubernetes objects',
  );
}

function objectsIn(file: string, document: ManifestDocument, at: Path): Manifest[] {
  const fields = valueAt(document.value, at);
  const lineOf = (path: Path) => document.lineOf([...at, ...path]);
  if (!isFields(fields)) {
    const what = `this is ${kindOf(fields)}, and no Kubernetes object`;
    throw new ManifestFileError(file, lineOf([]), `${what}: it needs apiVersion and kind`);
  }
  const { apiVersion, kind, items } = fields;
  if (apiVersion === 'v1' && textOf(kind)?.endsWith('List') && Array.isArray(items)) {
    return items.flatMap((_, index) => objectsIn(file, document, [...at, 'items', index]));
  }
  const missing = missingOf(fields);
  if (missing === undefined) return [manifestOf(fields, { file, lineOf })];
  throw new ManifestFileError(
    file,
    lineOf([]),
    `this is no Kubernetes object: it has no ${missing}; leave the file out, or render it first where it is the input of a tool`,
  );
}

function missingOf(fields: Fields): string | undefined {
  return ['apiVersion', 'kind'].find((name) => (textOf(fields[name]) ?? '') === '');
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return value === null || value === undefined ? 'nothing' : `a ${typeof value}`;
}
