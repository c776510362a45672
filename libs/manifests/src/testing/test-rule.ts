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
      expects: {
        alert_rule_test: [
          {
            eval_time: at,
            alertname: rule.alert,
            exp_alerts: gives.map(({ labels, summary, description }) => ({
              exp_labels: { ...rule.labels, ...labels },
              exp_annotations: { summary, description, runbook: rule.annotations.runbook },
            })),
          },
        ],
      },
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
      expects: {
        promql_expr_test: [
          {
            expr: `${rule.record}{${own.join()}}`,
            eval_time: at,
            exp_samples: gives.map(({ labels, value }) => ({
              labels: `${rule.record}${labels}`,
              value,
            })),
          },
        ],
      },
    })),
  );
}

interface PromtoolCase {
  readonly what: string;
  readonly series: Input;
  readonly expects: object;
}

function testRule(rule: Rule, cases: readonly PromtoolCase[]): void {
  describe(nameOf(rule), () => {
    it.for(cases)('$what', async (given, test) => {
      const { exitCode, said } = await runCases(test, rule, [given]);
      expect(exitCode, said).toBe(0);
    });

    it('is tested so that none of its faults goes unnoticed', { timeout: 60_000 }, async (test) => {
      const faults = mutantsOf(rule);
      const overlooked: string[] = [];
      for (const { how, rule: broken } of faults) {
        const { exitCode } = await runCases(test, broken, cases, rule);
        if (exitCode === 0) overlooked.push(how);
      }
      expect(faults.length).toBeGreaterThan(1);
      expect(overlooked).toEqual([]);
    });
  });
}

/** Runs promtool on all rules, with one of them in the place of another. */
async function runCases(
  test: TestContext,
  rule: Rule,
  cases: readonly PromtoolCase[],
  insteadOf: Rule = rule,
) {
  const folder = await mkdtemp(join(tmpdir(), 'canary-rules-'));
  try {
    const groups = ruleGroups.groups.map((group) => ({
      ...group,
      rules: (group.rules as readonly Rule[]).map((one) => (one === insteadOf ? rule : one)),
    }));
    // Prometheus reads YAML, and so JSON.
    await writeFile(join(folder, 'rules.yml'), JSON.stringify({ groups }));
    const file = join(folder, 'test.yml');
    await writeFile(file, JSON.stringify(testFile(cases)));
    return await runPromtool(test, ['test', 'rules', file]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function testFile(cases: readonly PromtoolCase[]): object {
  return {
    rule_files: ['rules.yml'],
    evaluation_interval: INTERVAL,
    fuzzy_compare: true,
    tests: cases.map(({ what, series, expects }) => ({
      name: what,
      interval: INTERVAL,
      input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
      ...expects,
    })),
  };
}

function nameOf(rule: Rule): string {
  return 'alert' in rule
    ? rule.alert
    : [rule.record, ...Object.values(rule.labels ?? {})].join(' ');
}
