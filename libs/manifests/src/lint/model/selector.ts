import { fieldsOf, listOf, textOf, textsOf } from './fields.ts';

type Labels = Readonly<Record<string, string>>;

/** A label selector: all that it asks for has to hold. */
export interface Selector {
  readonly labels: Labels;
  readonly expressions: readonly Expression[];
}

interface Expression {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** A selector with `matchLabels` and `matchExpressions`. */
export function labelSelector(value: unknown): Selector {
  const fields = fieldsOf(value);
  return {
    labels: textsOf(fields['matchLabels']),
    expressions: listOf(fields['matchExpressions']).map((one) => {
      const { key, operator, values } = fieldsOf(one);
      return {
        key: textOf(key) ?? '',
        operator: textOf(operator) ?? '',
        values: listOf(values).map(String),
      };
    }),
  };
}

/** A selector that is nothing but labels, as that of a Service. */
export function equalitySelector(value: unknown): Selector {
  return { labels: textsOf(value), expressions: [] };
}

/** Whether it asks for anything at all. */
export function isEmpty({ labels, expressions }: Selector): boolean {
  return Object.keys(labels).length === 0 && expressions.length === 0;
}

export function matches({ labels, expressions }: Selector, of: Labels): boolean {
  for (const [key, value] of Object.entries(labels)) if (of[key] !== value) return false;
  return expressions.every((one) => holds(one, of[one.key]));
}

/** As people write it: `app=web,release=1.0.0`. */
export function selectorText({ labels, expressions }: Selector): string {
  return [
    ...Object.entries(labels).map(([key, value]) => `${key}=${value}`),
    ...expressions.map(({ key, operator, values }) =>
      [key, operator, values.length > 0 ? `(${values.join(',')})` : ''].join(' ').trim(),
    ),
  ].join(',');
}

function holds({ operator, values }: Expression, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
