import { liveRules, rules, type Finding, type RuleText } from '@canary/manifests';

/** What a lint found, and in how many objects. */
export interface LintReport {
  readonly objects: number;
  readonly findings: readonly Finding[];
}

/** Every rule, those that ask the running pods last. */
export const allRules: readonly RuleText[] = [...rules, ...liveRules];

/** The rules that found something, in their usual order. */
export function rulesOf(findings: readonly Finding[]): readonly RuleText[] {
  return allRules.filter(({ id }) => findings.some(({ rule }) => rule === id));
}

/** For scripts: the findings, and what to read of their rules. */
export function jsonReport({ objects, findings }: LintReport): string {
  const texts = rulesOf(findings).map(({ id, severity, summary, why, fix }) => [
    id,
    { severity, summary, why, fix },
  ]);
  return JSON.stringify({ objects, findings, rules: Object.fromEntries(texts) as object }, null, 2);
}
