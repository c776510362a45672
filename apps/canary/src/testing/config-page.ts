import { inline } from '../config/config-text.ts';
import { configFields, type ConfigField } from '../config/fields.ts';

/** The documentation of `canary.yaml`, with a table of all its fields. */
export function configPage(): string {
  return `${HEAD}
${tableOf(configFields)}
`;
}

function tableOf(fields: readonly ConfigField[]): string {
  const rows = fields.map(({ path, options, type, description, ...field }) => [
    code(path),
    options.map((option) => code(`--${option}`)).join(', '),
    type.words,
    field.default === undefined ? '' : code(inline(field.default)),
    description,
  ]);
  const head = ['field', 'option', 'a value', 'default', 'meaning'];
  return [head, head.map(() => '---'), ...rows]
    .map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}

const HEAD = `<!-- Written from apps/canary/src/config/fields.ts by schema.test.ts beside it: change the fields, then run that test with -u. -->

# canary.yaml

The settings of a release in one file, instead of an option each:

\`\`\`sh
npx canary init deploy/shop      # looks at the cluster and writes canary.yaml, commented
npx canary plan --image shop=registry.example/shop:2.0.0
npx canary start --image shop=registry.example/shop:2.0.0
\`\`\`

Every command that works where releases are reads \`canary.yaml\` of the folder it is called in, and says so; \`--config <file>\` names another one, \`--config none\` reads none. A command takes what it has an option for. What is given on the command line goes before the file, and the file before the defaults. Queries are taken name by name: \`--max queue=20\` changes the limit of that one. The file has no credentials: headers for Prometheus stay in a file of their own.

\`\`\`yaml
# yaml-language-server: $schema=./canary.schema.json
target: deploy/shop
namespace: shop
stages: [1, 2]
judge:
  margin: 0.01
  objectiveLatency: 500ms
queries:
  - name: queue
    query: max(shop_queue_length)
    max: 100
\`\`\`

\`canary init\` writes the [JSON schema](canary.schema.json) for editors beside it, and \`canary init --schema\` prints it. A field that does not exist, or cannot be so, is refused before anything is touched, with what is allowed. A Kubernetes manifest that is called \`canary.yaml\` is left alone; keep settings out of folders that are applied as a whole.

## Fields
`;
