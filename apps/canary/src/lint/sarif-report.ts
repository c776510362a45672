import { isAbsolute, normalize, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Finding, RuleText } from '@canary/manifests';
import { version } from '../images.ts';
import { allRules, type LintReport } from './report.ts';

/**
 * For code scanning: SARIF 2.1.0.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html
 */
export function sarifReport({ findings }: LintReport): string {
  const driver = { name: 'canary lint', version, rules: allRules.map(descriptor) };
  return JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results: findings.map(result) }],
    },
    null,
    2,
  );
}

function descriptor({ id, severity, summary, why, fix }: RuleText) {
  return {
    id,
    shortDescription: { text: sentence(summary) },
    fullDescription: { text: why },
    help: { text: `${why} To fix it: ${fix}`, markdown: `${why}\n\n**To fix it:** ${fix}` },
    defaultConfiguration: { level: severity },
  };
}

function result({ rule, severity, file, line, object, message }: Finding) {
  return {
    ruleId: rule,
    ruleIndex: allRules.findIndex(({ id }) => id === rule),
    level: severity,
    message: { text: `${object}: ${message}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: line } },
        logicalLocations: [{ fullyQualifiedName: object, kind: 'resource' }],
      },
    ],
  };
}

/** A path of this machine as a URI: relative ones stay so, for whoever knows the root. */
function uriOf(file: string): string {
  if (isAbsolute(file)) return pathToFileURL(file).href;
  return normalize(file).split(sep).map(encodeURIComponent).join('/');
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
