import { textsOf, valueAt } from './model/fields.ts';
import { nameOf, type Manifest } from './model/manifest.ts';
import { scopeOf } from './model/scope.ts';
import type { LivePods, Problem, RuleText, Severity } from './rule.ts';
import { liveRules, rules } from './rules.ts';

/** An object's own annotation with the rules that it does not want, separated by commas. */
export const DISABLE_ANNOTATION = 'canary/lint-disable';

/** What a rule found, and where. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly file: string;
  readonly line: number;
  /** The object, such as `Deployment web`. */
  readonly object: string;
  readonly message: string;
}

/** What {@link lint} is told. */
export interface LintOptions {
  /** Rules to leave out, by their ids. */
  readonly disabled?: readonly string[];
  /** The way to the pods that run; without it no rule asks them. */
  readonly live?: LivePods;
}

/**
 * Checks all objects together, by every rule that is not disabled.
 *
 * @returns the findings in the order of their files, as they were given, and lines
 *
 * @example
 * const findings = await lint(readManifests('shop.yaml', text));
 */
export async function lint(
  manifests: readonly Manifest[],
  { disabled = [], live }: LintOptions = {},
): Promise<Finding[]> {
  const scope = scopeOf(manifests);
  const isEnabled = ({ id }: RuleText) => !disabled.includes(id);
  const findings = rules.filter(isEnabled).flatMap((rule) => findingsOf(rule, rule.check(scope)));
  for (const rule of live ? liveRules.filter(isEnabled) : []) {
    findings.push(...findingsOf(rule, await rule.check(scope, live!)));
  }
  const order = new Map(
    [...new Set(manifests.map(({ file }) => file))].map((file, i) => [file, i]),
  );
  const place = ({ file }: Finding) => order.get(file) ?? 0;
  return findings.sort((a, b) => place(a) - place(b) || a.line - b.line);
}

function findingsOf(rule: RuleText, problems: readonly Problem[]): Finding[] {
  return problems
    .filter(({ manifest }) => !isUnwanted(rule.id, manifest))
    .map(({ manifest, path, message }) => ({
      rule: rule.id,
      severity: rule.severity,
      file: manifest.file,
      line: manifest.lineOf(path),
      object: nameOf(manifest),
      message,
    }));
}

function isUnwanted(rule: string, { fields }: Manifest): boolean {
  const unwanted = textsOf(valueAt(fields, ['metadata', 'annotations']))[DISABLE_ANNOTATION];
  return unwanted?.split(',').some((id) => id.trim() === rule) ?? false;
}
