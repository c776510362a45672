import type { Rule } from '../rules/rule.ts';

/** A rule that was broken on purpose, and how. */
export interface Mutant {
  readonly how: string;
  readonly rule: Rule;
}

/** What may be wrong in an expression: a pattern, and what stands there instead. */
const FAULTS: readonly (readonly [RegExp, (found: string) => string])[] = [
  [/ > /g, () => ' < '],
  [/ == /g, () => ' != '],
  [/\bunless\b/g, () => 'and'],
  [/\band\b/g, () => 'unless'],
  [/\bor\b/g, () => 'unless'],
  [/!="/g, () => '="'],
  [/=~"/g, () => '!~"'],
  [/(?<=\w)="/g, () => '!="'],
  [/\bsum by\b/g, () => 'max by'],
  [/\bmax by\b/g, () => 'sum by'],
  [/\bcount by\b/g, () => 'max by'],
  [/\[5m\]/g, () => '[30m]'],
  [/\[1h\]/g, () => '[5m]'],
  [/\[1d\]/g, () => '[1h]'],
  [/ [-*/+] /g, (found) => ({ ' - ': ' + ', ' + ': ' - ', ' * ': ' + ', ' / ': ' * ' })[found]!],
  [/(?<=[( ])\d+(\.\d+)?(?=[), \n]|$)/g, (found) => String(Number(found) * 2 + 0.2)],
  [/\((?:\w+, )+\w+\)/g, (found) => found.replace(/, \w+\)/, ')')],
  [/\((?:\w+, )+\w+\)/g, (found) => found.replace(/\(\w+, /, '(')],
];

/** Every way to break a rule in one place, none of which its cases may overlook. */
export function mutantsOf(rule: Rule): Mutant[] {
  const broken = FAULTS.flatMap(([pattern, fault]) =>
    [...rule.expr.matchAll(pattern)].map(({ 0: found, index }) => {
      const expr = `${rule.expr.slice(0, index)}${fault(found)}${rule.expr.slice(index + found.length)}`;
      return { how: `${found} -> ${fault(found)} at ${index}`, rule: { ...rule, expr } };
    }),
  );
  if (!('alert' in rule)) return broken;
  const impatient = { how: 'for 0s', rule: { ...rule, for: '0s' } };
  const patient = { how: 'for 1h', rule: { ...rule, for: '1h' } };
  return [...broken, impatient, patient];
}
