import type { Finding } from '@canary/release';

/** What preflight found, what is in the way first; none where nothing is. */
export function findingsText(findings: readonly Finding[]): string[] {
  return findings.map(findingLine);
}

/** A finding in a line. */
export function findingLine({ severity, object, message, remedy }: Finding): string {
  return `${WORDS[severity]}: ${object}: ${message}: ${remedy}`;
}

/** @throws an `Error` with every finding with which a release cannot work, a line each */
export function refuseImpossible(findings: readonly Finding[]): void {
  const lines = findings
    .filter(({ severity }) => severity === 'refuse')
    .map(({ object, message, remedy }) => `${object}: ${message}: ${remedy}`);
  if (lines.length > 0) throw new Error(lines.join('\n'));
}

const WORDS: Readonly<Record<Finding['severity'], string>> = {
  refuse: 'In the way',
  warn: 'Beware',
  info: 'Note',
};
