import { z } from 'zod';
import { configFields, type ConfigField } from './fields.ts';

/** What a `canary.yaml` says, as it stands there. */
export type Config = Readonly<Record<string, unknown>>;

/** What `canary.yaml` may have, made from {@link configFields}; a section without anything is nothing. */
export const configSchema: z.ZodType<Config> = objectOf(configFields);

/** The same for editors, as a JSON Schema; where fields contradict each other, only reading tells. */
export function jsonSchema(): unknown {
  const { $schema, ...schema } = z.toJSONSchema(configSchema, { io: 'input', target: 'draft-7' });
  return {
    $schema,
    title: SCHEMA_TITLE,
    description: 'How the releases of an app are made and judged.',
    ...schema,
  };
}

/** Tells a schema of ours from any other file. */
export const SCHEMA_TITLE = 'canary.yaml';

/** The field's value; undefined where the file has none. */
export function valueOf(config: Config, { path }: Pick<ConfigField, 'path'>): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Config | null | undefined)?.[key], config);
}

function objectOf(fields: readonly ConfigField[]): z.ZodType<Config> {
  const shape: Record<string, z.ZodType> = {};
  for (const field of fields) {
    const [section = '', key] = field.path.split('.');
    if (key === undefined) shape[section] = leaf(field);
    else shape[section] ??= sectionOf(fields, section);
  }
  return z.strictObject(shape);
}

function sectionOf(fields: readonly ConfigField[], section: string): z.ZodType {
  const prefix = `${section}.`;
  const own = fields.filter(({ path }) => path.startsWith(prefix));
  return objectOf(own.map((field) => ({ ...field, path: field.path.slice(prefix.length) })))
    .nullable()
    .optional();
}

function leaf({ type, description, ...field }: ConfigField): z.ZodType {
  const byDefault = field.default === undefined ? {} : { default: field.default };
  return type.schema.optional().meta({ description, ...byDefault });
}
