import type { Finding, RuleText } from '@canary/manifests';
import { rulesOf, type LintReport } from './report.ts';

const WIDTH = 96;

/** For people: a line for each finding, then once for each rule why it is one and how to fix it. */
export function textReport({ objects, findings }: LintReport): string {
  if (findings.length === 0) return `no finding in ${count(objects, 'object')}`;
  return [
    findings.map(line).join('\n'),
    ...rulesOf(findings).map(explanation),
    `${severities(findings)} in ${count(objects, 'object')}`,
  ].join('\n\n');
}

function line({ file, line: at, severity, rule, object, message }: Finding): string {
  return `${file}:${at}: ${severity} ${rule}: ${object}: ${message}`;
}

function explanation({ id, summary, why, fix }: RuleText): string {
  return [`${id}: ${summary}`, ...paragraph('why', why), ...paragraph('fix', fix)].join('\n');
}

function paragraph(head: string, text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= WIDTH - 7) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.map((part, index) => `  ${index === 0 ? head : '   '}  ${part}`);
}

function severities(findings: readonly Finding[]): string {
  const of = (severity: Finding['severity']) =>
    findings.filter((finding) => finding.severity === severity).length;
  return [count(of('error'), 'error'), count(of('warning'), 'warning')].join(', ');
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
