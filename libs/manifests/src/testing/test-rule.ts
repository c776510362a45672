import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPromtool } from '@canary/testing';
import { describe, expect, it, type TestContext } from 'vitest';
import type { AlertingRule, RecordingRule, Rule } from '../rules/rule.ts';
import { ruleGroups } from '../rules/rules.ts';
import { mutantsOf } from './mutants.ts';

/** Series as promtool takes them, such as `1+10x20`; a value for every half minute. */
type Input = Readonly<Record<string, string>>;

interface Case<Given> {
  readonly what: string;
  readonly series: Input;
  /** When it is looked, since the series began. */
  readonly at: string;
  /** All that is there then. */
  readonly gives: readonly Given[];
}

/** An alert that fires, with its texts. */
export interface Fires {
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly description: string;
}

/** Series that a rule records, such as `{release="2.0.0"}`, and their value. */
export interface Records {
  readonly labels: string;
  readonly value: number;
}

const INTERVAL = '30s';

/** Tests that an alert fires in these cases and no other, and that they notice every fault of it. */
export function testAlert(rule: AlertingRule, cases: readonly Case<Fires>[]): void {
  testRule(
    rule,
    cases.map(({ what, series, at, gives }) => ({
      what,
      series,
      expects: (alertname) => ({
        eval_time: at,
        alertname,
        exp_alerts: gives.map(({ labels, summary, description }) => ({
          exp_labels: { ...rule.labels, ...labels },
          exp_annotations: { summary, description, runbook: rule.annotations.runbook },
        })),
      }),
    })),
  );
  it('has a case in which it fires, and one in which it does not', () => {
    expect(new Set(cases.map(({ gives }) => gives.length > 0)).size).toBe(2);
  });
}

/** Tests what a rule records, and that the cases notice every fault of it. */
export function testRecording(rule: RecordingRule, cases: readonly Case<Records>[]): void {
  const own = Object.entries(rule.labels ?? {}).map(([name, value]) => `${name}="${value}"`);
  testRule(
    rule,
    cases.map(({ what, series, at, gives }) => ({
      what,
      series,
      expects: (record) => ({
        eval_time: at,
        expr: `${record}{${own.join()}}`,
        exp_samples: gives.map(({ labels, value }) => ({ labels: `${record}${labels}`, value })),
      }),
    })),
  );
}

interface PromtoolCase {
  readonly what: string;
  readonly series: Input;
  /** What promtool is to find of the rule of this name, as one of its tests. */
  readonly expects: (name: string) => object;
}

function testRule(rule: Rule, cases: readonly PromtoolCase[]): void {
  describe(titleOf(rule), () => {
    it.for(cases)('$what', async (given, test) => {
      const { exitCode, said } = await runCases(test, [rule], [given]);
      expect(exitCode, said).toBe(0);
    });

    it('is tested so that none of its faults goes unnoticed', { timeout: 60_000 }, async (test) => {
      const faults = mutantsOf(rule).map(({ how, rule: broken }, index) => ({
        how,
        rule: renamed(broken, `${nameOf(broken)}_fault${index}`),
      }));
      expect(faults.length).toBeGreaterThan(1);
      let overlooked = faults;
      // Beside a rule that cannot be evaluated promtool compares nothing: what it named is left out, and it looks again.
      for (let before = Infinity; overlooked.length > 0 && overlooked.length < before;) {
        before = overlooked.length;
        const { said } = await runCases(
          test,
          overlooked.map((fault) => fault.rule),
          cases,
        );
        overlooked = overlooked.filter(({ rule }) => !mentions(said, nameOf(rule)));
      }
      expect(overlooked.map(({ how }) => how)).toEqual([]);
    });
  });
}

/** Runs promtool on all rules and these, and looks for what each case expects of each of these. */
async function runCases(test: TestContext, rules: readonly Rule[], cases: readonly PromtoolCase[]) {
  const folder = await mkdtemp(join(tmpdir(), 'canary-rules-'));
  try {
    const all = ruleGroups.groups.flatMap((group) => group.rules as readonly Rule[]);
    const added = { name: 'added', rules: rules.filter((rule) => !all.includes(rule)) };
    // Prometheus reads YAML, and so JSON.
    await writeFile(
      join(folder, 'rules.yml'),
      JSON.stringify({ groups: [...ruleGroups.groups, added] }),
    );
    const file = join(folder, 'test.yml');
    await writeFile(file, JSON.stringify(testFile(rules, cases)));
    return await runPromtool(test, ['test', 'rules', file]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function testFile(rules: readonly Rule[], cases: readonly PromtoolCase[]): object {
  const kind = rules.some((rule) => 'alert' in rule) ? 'alert_rule_test' : 'promql_expr_test';
  return {
    rule_files: ['rules.yml'],
    evaluation_interval: INTERVAL,
    fuzzy_compare: true,
    tests: cases.map(({ what, series, expects }) => ({
      name: what,
      interval: INTERVAL,
      input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
      [kind]: rules.map((rule) => expects(nameOf(rule))),
    })),
  };
}

function mentions(text: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(text);
}

function renamed(rule: Rule, name: string): Rule {
  return 'alert' in rule ? { ...rule, alert: name } : { ...rule, record: name };
}

function nameOf(rule: Rule): string {
  return 'alert' in rule ? rule.alert : rule.record;
}

function titleOf(rule: Rule): string {
  return 'alert' in rule
    ? rule.alert
    : [rule.record, ...Object.values(rule.labels ?? {})].join(' ');
}
