import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type ParsedNode,
} from 'yaml';
import type { Path } from '../model/fields.ts';
import type { ManifestDocument } from './document.ts';
import { kubernetesYaml } from './kubernetes-yaml.ts';
import { ManifestFileError } from './manifest-file-error.ts';

/**
 * The documents of a YAML stream that have anything in them, read as Kubernetes does it.
 *
 * @throws {@link ManifestFileError} at the first line that is no YAML
 */
export function yamlDocuments(file: string, text: string): ManifestDocument[] {
  const lineCounter = new LineCounter();
  const parsed = parseAllDocuments(text, {
    ...kubernetesYaml,
    lineCounter,
    prettyErrors: false,
  });
  const lineAt = (offset: number) => Math.max(1, lineCounter.linePos(offset).line);
  const documents = [...parsed];
  for (const { errors } of documents) {
    const [error] = errors;
    if (error) {
      throw new ManifestFileError(file, lineAt(error.pos[0]), `this is no YAML: ${error.message}`);
    }
  }
  return documents
    .filter(({ contents }) => contents && !(isScalar(contents) && contents.value === null))
    .map((document) => ({
      value: valueOf(file, document),
      lineOf: (path) => lineAt(offsetOf(document, path)),
    }));
}

function valueOf(file: string, document: Document.Parsed): unknown {
  try {
    return document.toJS();
  } catch (error) {
    // An alias without its anchor, or a billion of them.
    throw new ManifestFileError(file, 1, `this is no YAML: ${(error as Error).message}`);
  }
}

/** Where the key or item at the path begins, or else the nearest one around it. */
function offsetOf(document: Document.Parsed, path: Path): number {
  let node: unknown = document.contents;
  let offset = startOf(node);
  for (const key of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(
        ({ key: name }) => isScalar(name) && String(name.value) === String(key),
      );
      if (!pair) break;
      offset = startOf(pair.key);
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      if (node === undefined) break;
      offset = startOf(node);
    } else break;
  }
  return offset;
}

function startOf(node: unknown): number {
  return (node as ParsedNode | null)?.range[0] ?? 0;
}
