import type { SeriesName } from '@canary/judge';

/** Says whether a series has the labels asked for. */
export type Where = (series: SeriesName) => boolean;

const MATCHER = /\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*")\s*/y;

/**
 * Label matchers as PromQL writes them, such as `route!="/healthy"`; several may stand in one text,
 * with commas between, with braces around them or without. A label that is not there is empty. A
 * regular expression has to match the whole value.
 *
 * @throws an `Error` naming what is no matcher
 */
export function whereOf(texts: readonly string[]): Where {
  const matchers = texts.flatMap(matchersOf);
  return ({ labels }) => matchers.every(({ label, test }) => test(labels[label] ?? ''));
}

interface Matcher {
  readonly label: string;
  readonly test: (value: string) => boolean;
}

function matchersOf(text: string): Matcher[] {
  const inner = text.trim().replace(/^\{(.*)\}$/s, '$1');
  const matchers: Matcher[] = [];
  MATCHER.lastIndex = 0;
  for (;;) {
    const at = MATCHER.lastIndex;
    const [, label, operator, quoted] = MATCHER.exec(inner) ?? refuse(text, inner.slice(at));
    matchers.push({ label: label!, test: testOf(operator!, unquoted(text, quoted!), text) });
    const end = MATCHER.lastIndex;
    if (end === inner.length) return matchers;
    if (inner[end] !== ',') refuse(text, inner.slice(end));
    MATCHER.lastIndex = end + 1;
    if (inner.slice(end + 1).trim() === '') return matchers;
  }
}

function testOf(operator: string, value: string, text: string): Matcher['test'] {
  if (operator === '=') return (one) => one === value;
  if (operator === '!=') return (one) => one !== value;
  const pattern = patternOf(value, text);
  return operator === '=~' ? (one) => pattern.test(one) : (one) => !pattern.test(one);
}

function patternOf(value: string, text: string): RegExp {
  try {
    return new RegExp(`^(?:${value})$`, 's');
  } catch (cause) {
    throw new Error(
      `where ${JSON.stringify(text)}: ${JSON.stringify(value)} is no regular expression: give one such as route=~"/api/.*"`,
      { cause },
    );
  }
}

/** PromQL's escapes are JSON's, but for those that only it has. */
function unquoted(text: string, quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return refuse(text, quoted);
  }
}

function refuse(text: string, rest: string): never {
  throw new Error(
    `where ${JSON.stringify(text)}: ${JSON.stringify(rest)} is no label matcher: give one such as route!="/healthy"`,
  );
}
