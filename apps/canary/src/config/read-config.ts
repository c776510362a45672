import { parseAllDocuments } from 'yaml';
import type { z } from 'zod';
import { UsageError } from '../command.ts';
import { configFields, excludedBy } from './fields.ts';
import { configSchema, valueOf, type Config } from './schema.ts';

/** No file of settings is longer, in characters. */
const MOST = 1_000_000;
/** Characters of a value that are told. */
const TOLD = 60;

/** The file is one of Kubernetes, and not of settings. */
export class NoSettingsError extends UsageError {}

/**
 * What the text of a `canary.yaml` says.
 *
 * @param file what messages call it
 * @throws {@link UsageError} with a line for each field that cannot be, which says what can
 */
export function readConfig(text: string, file: string): Config {
  const content = contentOf(text, file);
  if (content === null || content === undefined) return {};
  if (typeof content !== 'object' || Array.isArray(content))
    throw new UsageError(
      `${file} has ${told(content)}: give fields, such as target: deploy/shop, or take the file away`,
    );
  const { data, error } = configSchema.safeParse(content);
  const problems = error
    ? error.issues.flatMap((issue) => problemsOf(issue, content as Config))
    : contradictions(data);
  if (problems.length > 0)
    throw new UsageError(problems.map((problem) => `${file}: ${problem}`).join('\n'));
  return data ?? {};
}

function contentOf(text: string, file: string): unknown {
  if (text.length > MOST)
    throw new UsageError(`${file} has more than ${MOST} characters: name a file of settings`);
  try {
    const documents = parseAllDocuments(text);
    const broken = documents.flatMap(({ errors }) => errors)[0];
    if (broken) throw broken;
    const [content, ...others] = documents.map((document) => document.toJS() as unknown);
    const { kind, apiVersion } = (content ?? {}) as Config;
    if (kind !== undefined && apiVersion !== undefined)
      throw new NoSettingsError(
        `${file} is an object of Kubernetes (kind ${told(kind)}), and no settings of releases`,
      );
    if (others.length > 0) throw new Error('it has several documents, and settings are one');
    return content;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const [why = ''] = (error as Error).message.split('\n');
    throw new UsageError(`${file} is no YAML of settings: ${why.replace(/:$/, '')}`, {
      cause: error,
    });
  }
}

function problemsOf(issue: z.core.$ZodIssue, content: Config): string[] {
  const path = issue.path.map(String);
  const at = pathText(path);
  const field = configFields.find((one) => `${path.join('.')}.`.startsWith(`${one.path}.`));
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const name = pathText([...path, key]);
      return field
        ? `${name} is not allowed: use ${field.type.words}`
        : `${name} is no field: use ${fieldsIn(path).join(', ')}`;
    });
  const value = valueOf(content, { path: path.join('.') });
  const words = field ? field.type.words : `fields of its own, such as ${fieldsIn(path)[0] ?? ''}`;
  if (value === undefined) return [`${at} is missing: use ${words}`];
  return [`${at}: ${told(value)} is not allowed: use ${words}`];
}

/** The names of the fields and sections that there are at a path. */
function fieldsIn(path: readonly string[]): string[] {
  const inside = configFields
    .map((field) => field.path.split('.'))
    .filter((parts) => path.every((part, index) => parts[index] === part));
  return [...new Set(inside.map((parts) => parts[path.length] ?? ''))];
}

function contradictions(config: Config): string[] {
  const given = configFields.filter((field) => valueOf(config, field) !== undefined);
  return given.flatMap((field, index) =>
    excludedBy(field)
      .filter((other) => given.indexOf(other) > index)
      .map(({ path }) => `${field.path} and ${path} contradict each other: give one of them`),
  );
}

/** Printable, whatever stands in the file. */
function pathText(path: readonly string[]): string {
  const parts = path.map((part) => (/^[\w-]{1,60}$/.test(part) ? part : told(part)));
  return parts
    .map((part, at) => (/^\d+$/.test(part) ? `[${part}]` : at ? `.${part}` : part))
    .join('');
}

function told(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > TOLD ? `${text.slice(0, TOLD)}…` : text;
}
