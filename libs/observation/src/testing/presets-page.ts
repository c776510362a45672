import { PRESETS, RULES } from '../presets/all-presets.ts';
import type { Preset } from '../presets/preset.ts';

/** The documentation of what is found in pods' metrics, with a table of all presets. */
export function presetsPage(): string {
  const specific = PRESETS.filter((preset) => !RULES.includes(preset));
  return `${HEAD}
${tableOf(specific)}

## By rule

What no preset names is found by what it is called:

${tableOf(RULES)}

- **Requests**: a word of the name is \`requests\`, \`responses\`, \`rpcs\`, \`calls\`, \`handled\` or such; it is a counter, or the \`_count\` of a histogram or summary; and a label tells how they went.
- **That label** is called \`status\`, \`code\`, \`status_code\`, \`http_response_status_code\`, \`grpc_code\`, \`classification\`, \`outcome\`, \`ok\` or such, in snake or camel case, and at least some of its values are understood: \`500\`, \`5xx\`, \`Internal Server Error\`, \`failure\`, gRPC's codes as names or numbers, \`true\` and \`false\`. Values that nobody understands keep a canary from being promoted, by name.
- **Response times**: a histogram with bounds \`le\` whose name has a word such as \`duration\`, \`latency\` or \`seconds\`; of several the one that has seen as many requests, then the one whose name is most alike.
- **Units** are in the name, or in the metadata (\`# UNIT\`), or known for a preset; else \`--latency-unit\` says them.

Of several counters of the same requests one is taken. Left alone is what counts sizes, requests that the service itself makes (\`client\`, \`outgoing\`, \`upstream\`), requests that begin (\`started\`, \`before\`), failures beside all requests (\`errors\`, \`exceptions\`), requests that are being answered, and scrapes (\`promhttp_…\`). \`canary metrics\` names each of them, and why.
`;
}

function tableOf(presets: readonly Preset[]): string {
  const rows = presets.map(({ name, source, requests, status, where = [], latency = [] }) => [
    `[${name}](${source})`,
    requests.map(code).join(', '),
    status
      ? status.map(code).join(', ')
      : requests.some(isInName)
        ? 'in the name'
        : 'any of the rule',
    latency.length === 0
      ? 'by rule'
      : latency
          .map(({ metric, unit }) => `${code(metric)}${unit === undefined ? '' : ` (${unit})`}`)
          .join(', '),
    where.map(code).join(', '),
  ]);
  const head = ['library', 'counts requests', 'status', 'response times', 'only where'];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function isInName(pattern: string): boolean {
  return pattern.includes('(?<status>');
}

/** A pipe would end the cell, and a named group says nothing to a reader. */
function code(pattern: string): string {
  return `\`${pattern.replaceAll('?<status>', '').replaceAll('?:', '').replaceAll('|', '\\|')}\``;
}

const HEAD = `<!-- Written from the presets by libs/observation/src/presets/page.test.ts: change them, then run that test with -u. -->

# Metrics

What a release is judged by is found, and not asked for: all that the stable pods expose is looked at once, before anything is touched, and matched with presets of metrics libraries, and by rule for others of the same habits. What was found is saved with the rollout, and both releases are judged by it: a canary that counts its requests otherwise is not promoted.

\`\`\`sh
npx canary metrics                               # what is there, what would be judged, what is ignored and why
npx canary metrics --app shop --metrics-port 9090
npx canary plan                                  # says it as well, and what cannot be judged
\`\`\`

What is named goes before what is found: \`--requests-metric\`, \`--status-label\`, \`--error-status\`, \`--latency-metric\`, \`--latency-unit\`, \`--in-flight-metric\`, \`--where\`.

**Where pods are scraped**: at the port and path of \`--metrics-port\` and \`--metrics-path\`; else as their annotations \`prometheus.io/port\` and \`prometheus.io/path\` say; else at their port called \`metrics\`, \`http-metrics\` or \`prometheus\`; else at the first that they declare, and at \`/metrics\`. A pod with \`prometheus.io/scrape: "false"\` is not scraped. One's own scrapes and the kubelet's probes are no traffic, where a label has the path.

**Where no request can be counted**, and nothing was asked for by name, readiness and restarts decide with time, and \`plan\`, every verdict and \`explain\` say that no request was judged. What was asked for by name (\`--judge errors\`, an objective, a metric) is refused instead. Metrics that were declared and have counted nothing yet are refused as well: send the service a request first.

**Response times** need a histogram. A summary, or only \`_sum\` and \`_count\`, is told as not judged: in Spring, \`management.metrics.distribution.percentiles-histogram.http.server.requests=true\` makes it one.

## Presets

Names are patterns of whole names. A histogram's \`_count\` counts requests where the library has no counter.
`;
