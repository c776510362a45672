/** A label selector, whoever read it. */
interface Selecting {
  readonly matchLabels?: Readonly<Record<string, string>> | undefined;
  readonly matchExpressions?:
    | readonly {
        readonly key: string;
        readonly operator: string;
        readonly values?: readonly string[] | undefined;
      }[]
    | undefined;
}

type Labels = Readonly<Record<string, string>>;

/**
 * Whether the labels are what the selector asks for. One that asks for nothing matches nothing, as
 * that of a Service; no Deployment has such a one.
 */
export function matches(selector: Selecting, labels: Labels): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  const pairs = Object.entries(matchLabels);
  if (pairs.length + matchExpressions.length === 0) return false;
  return (
    pairs.every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const label = labels[key];
      if (operator === 'Exists') return label !== undefined;
      if (operator === 'DoesNotExist') return label === undefined;
      const isAmong = label !== undefined && values.includes(label);
      return operator === 'In' ? isAmong : !isAmong;
    })
  );
}

/** As people write it: `app=shop,tier in (web,api)`. */
export function selectorText({ matchLabels = {}, matchExpressions = [] }: Selecting): string {
  const operators: Readonly<Record<string, string>> = { In: 'in', NotIn: 'notin' };
  return [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(({ key, operator, values = [] }) => {
      if (operator === 'Exists') return key;
      if (operator === 'DoesNotExist') return `!${key}`;
      return `${key} ${operators[operator] ?? operator} (${values.join(',')})`;
    }),
  ].join(',');
}
