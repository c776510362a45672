import { stringify } from 'yaml';
import { configFields, type ConfigField } from './fields.ts';

/** What a `canary.yaml` is written with. */
export interface ConfigWish {
  /** Address of the JSON schema, for editors. */
  readonly schema: string;
  /** What it is about, such as `deploy/shop`. */
  readonly target: string;
  /** What was seen, a line each. */
  readonly seen: readonly string[];
  /** Values by the paths of their fields. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** A `canary.yaml` with every field: what is not set stands behind a `#`, with its default or an example. */
export function configText({ schema, target, seen, values }: ConfigWish): string {
  const fields = configFields.filter(({ path }) => !OTHERS.includes(path));
  const sections = [...new Set(fields.map(sectionOf))];
  const blocks = sections.flatMap((section) => {
    const own = fields.filter((field) => sectionOf(field) === section);
    if (section === '') return own.map((field) => fieldText(field, values));
    const inside = own.map((field) => indented(fieldText(field, values))).join('\n');
    return [`${comment(SECTIONS[section] ?? '')}${section}:\n${inside}`];
  });
  return [
    `# yaml-language-server: $schema=${schema}`,
    '',
    comment(
      `How ${target} is released: read by every command that is called in this folder; its options go before what stands here. A setting behind a # has its default, or is an example.`,
    ),
    ...(seen.length === 0
      ? []
      : [
          comment('Seen when this was written:') +
            seen.map((line) => comment(`- ${line}`)).join(''),
        ]),
    blocks.join('\n\n'),
    '',
  ].join('\n');
}

/** A value in a line. */
export function inline(value: unknown): string {
  const how = { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 } as const;
  return stringify(value, how).trimEnd();
}

/** Fields of releases that no Deployment is named for. */
const OTHERS = ['app', 'stable'];

const SECTIONS: Readonly<Record<string, string>> = {
  judge: 'How the canary is judged.',
  metrics: 'What it is judged by, where that is not found, or not as it should be.',
  prometheus: 'The Prometheus that is asked.',
};

function sectionOf({ path }: ConfigField): string {
  return path.includes('.') ? path.slice(0, path.indexOf('.')) : '';
}

function fieldText(field: ConfigField, values: ConfigWish['values']): string {
  const key = field.path.slice(field.path.indexOf('.') + 1);
  const value = values[field.path];
  if (value !== undefined) return `${comment(field.description)}${key}: ${inline(value)}`;
  if (field.default !== undefined)
    return `${comment(field.description)}#${key}: ${inline(field.default)}`;
  return `${comment(`${field.description}. ${EXAMPLE}`)}#${key}: ${inline(field.example)}`;
}

/** Ends the comment of a setting that has no default. */
const EXAMPLE = 'For example:';

/** Characters of a line, without the # and what it is indented by. */
const WIDTH = 96;

/** Lines that are a comment, whatever the text has in it. */
function comment(text: string): string {
  const words = text.split(/[\s\p{Cc}\u2028\u2029]+/u);
  const lines = [''];
  for (const word of words) {
    const last = lines.at(-1)!;
    if (last !== '' && last.length + word.length >= WIDTH) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.map((line) => `# ${line}\n`).join('');
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}
