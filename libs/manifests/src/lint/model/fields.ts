/** Where a field is in an object: its keys, such as `['spec', 'ports', 0]`. */
export type Path = readonly (string | number)[];

/** An object of a manifest, of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** The value as an object; empty where it is none. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as a list; empty where it is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value where it is a text. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The value where it is a number. */
export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** What is at a path; undefined where the path leads nowhere. */
export function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const key of path) {
    found = Array.isArray(found) ? (found as unknown[])[Number(key)] : fieldsOf(found)[key];
  }
  return found;
}

/** The scalars of an object as texts, as labels are compared; `null` is the empty text, as in Kubernetes. */
export function textsOf(value: unknown): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const [key, one] of Object.entries(fieldsOf(value))) {
    if (one === null) texts[key] = '';
    else if (typeof one === 'string') texts[key] = one;
    else if (typeof one === 'number' || typeof one === 'boolean') texts[key] = String(one);
  }
  return texts;
}

/** Whether some tool has yet to fill the text in, as in `${TAG}`, `$(TAG)` and `{{ .tag }}`. */
export function isTemplated(text: string): boolean {
  return /\$\{|\$\(|\{\{|^<.*>$/.test(text);
}
