import type { Path } from '../model/fields.ts';

/** A value of a JSON text: the line of its key, or else its own, and its parts. */
interface Place {
  readonly line: number;
  readonly parts: Map<string, Place>;
}

const TOKEN = /\n|"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Finds the line of every part of a JSON text, which has to be valid. */
export function jsonLines(text: string): (path: Path) => number {
  const root = placesOf(text);
  return (path) => {
    let place = root;
    for (const key of path) {
      const part = place.parts.get(String(key));
      if (!part) break;
      place = part;
    }
    return place.line;
  };
}

interface Open {
  readonly place: Place;
  /** The item that comes next, in a list. */
  index: number | undefined;
  /** The key whose value comes next, and its line. */
  key: { readonly name: string; readonly line: number } | undefined;
}

function placesOf(text: string): Place {
  let line = 1;
  const top: Place = { line: 1, parts: new Map() };
  const open: Open[] = [{ place: top, index: 0, key: undefined }];
  for (const [token] of text.matchAll(TOKEN)) {
    const inside = open.at(-1)!;
    if (token === '\n') line++;
    else if (token === '}' || token === ']') open.pop();
    else if (token === ',' || token === ':') continue;
    else if (inside.index === undefined && inside.key === undefined) {
      inside.key = { name: JSON.parse(token) as string, line };
    } else {
      const place = { line: inside.key?.line ?? line, parts: new Map<string, Place>() };
      inside.place.parts.set(inside.key?.name ?? String(inside.index), place);
      if (inside.index === undefined) inside.key = undefined;
      else inside.index++;
      if (token === '{') open.push({ place, index: undefined, key: undefined });
      if (token === '[') open.push({ place, index: 0, key: undefined });
    }
  }
  return top.parts.get('0') ?? top;
}
