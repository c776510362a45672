import type { ManifestDocument } from './document.ts';
import { jsonLines } from './json-lines.ts';
import { ManifestFileError } from './manifest-file-error.ts';

/**
 * The one document of a JSON text. Its lines are looked up only when one is asked for: `JSON.parse`
 * takes a tenth of the time of a reader that notes them all.
 *
 * @throws {@link ManifestFileError} at the line where it is no JSON
 */
export function jsonDocument(file: string, text: string): ManifestDocument {
  try {
    const value: unknown = JSON.parse(text);
    let lines: ReturnType<typeof jsonLines> | undefined;
    return { value, lineOf: (path) => (lines ??= jsonLines(text))(path) };
  } catch (error) {
    const { message } = error as Error;
    // Where it ends too early, Node names no position.
    const position = /position (\d+)/.exec(message)?.[1] ?? text.trimEnd().length;
    const line = text.slice(0, Number(position)).split('\n').length;
    throw new ManifestFileError(file, line, `this is no JSON: ${message}`);
  }
}
