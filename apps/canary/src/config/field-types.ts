import { z } from 'zod';
import { parseSeconds } from '../duration.ts';
import { AUTO, METRICS, NONE } from '../release/judging-options.ts';

/** What an option is given. */
export type OptionValue = string | readonly string[] | boolean;

/** A kind of value that a field of `canary.yaml` may have. */
export interface FieldType {
  /** What is allowed, in words that follow "use". */
  readonly words: string;
  readonly schema: z.ZodType;
  /** The value as the option of that name has it, or as several have it; none that is not wished for. */
  readonly toOptions: (value: unknown, option: string) => Readonly<Record<string, OptionValue>>;
  /** The default of an option as the file would have it. */
  readonly fromOption: (text: string) => unknown;
}

const asText = (value: unknown, option: string) => ({ [option]: String(value) });
const asList = (value: unknown, option: string) => ({ [option]: [value].flat().join(',') });
const same = (text: string) => text;

const TIME = z.union([
  z.string().regex(/^(\d+(\.\d+)?(ms|s|m|h))+$/),
  z.number().min(0).describe('seconds'),
]);
const TIME_WORDS = 'a time such as 30s, 5m or 1h';

export const text: FieldType = type('a text', z.string().min(1), asText);

/** @param words a text of what */
export function textOf(words: string, pattern?: RegExp): FieldType {
  const schema = z.string().min(1);
  return type(words, pattern ? schema.regex(pattern) : schema, asText);
}

export const time: FieldType = type(TIME_WORDS, TIME, asText);

/** A time whose option wants a number of seconds. */
export const timeInSeconds: FieldType = type(
  TIME_WORDS,
  TIME,
  (value, option) => ({ [option]: String(parseSeconds(String(value))) }),
  (seconds) => `${seconds}s`,
);

/** @param options the values that there are */
export function choice(options: readonly string[]): FieldType {
  return type(options.join(', ').replace(/, (?=[^,]*$)/, ' or '), z.enum(options), asText);
}

export const flag: FieldType = type('true or false', z.boolean(), (value, option) =>
  value === true ? { [option]: true } : {},
);

const SHARE = z.number().gt(0).lt(1);
export const share: FieldType = number('a share between 0 and 1, such as 0.01', SHARE);
export const shareOrAuto: FieldType = type(
  `a share between 0 and 1, such as 0.01, or ${AUTO}`,
  z.union([z.literal(AUTO), SHARE]),
  asText,
);
export const notNegative: FieldType = number('a number of 0 or more', z.number().min(0));
export const factor: FieldType = number('a number above 0, such as 1.5', z.number().gt(0));

export function whole(min: number, max: number): FieldType {
  return number(`a whole number from ${min} to ${max}`, z.int().min(min).max(max));
}

export const counts: FieldType = type(
  'a list of whole numbers of 1 or more, such as [1, 2]',
  z.array(z.int().min(1)).min(1),
  asList,
);
export const percents: FieldType = type(
  'a list of percents above 0 and below 100, such as [10, 50]',
  z.array(z.number().gt(0).lt(100)).min(1),
  asList,
);
export const texts: FieldType = type(
  'a list of texts',
  z.array(z.string().min(1)),
  (value, option) => ({ [option]: value as readonly string[] }),
);
export const metrics: FieldType = type(
  `a list of ${METRICS.join(', ')}, or ${NONE}`,
  z.union([z.literal(NONE), z.array(z.enum(METRICS)).min(1)]),
  asList,
);

const QUERY = z.strictObject({
  name: z
    .string()
    .regex(/^(?!all$)[\w.-]+$/)
    .describe('what it is called in verdicts'),
  query: z.string().min(1).describe('PromQL'),
  max: z.number().optional().describe('the most that it may give'),
  min: z.number().optional().describe('the least that it may give'),
  reportOnly: z.boolean().optional().describe('it is only told'),
});

/** Queries with their limits, which are several options. */
export const queries: FieldType = type(
  'a list, each with a name and a query, and with max, min or reportOnly: true',
  z.array(QUERY),
  (value) => {
    const all = value as readonly z.infer<typeof QUERY>[];
    const limits = (key: 'max' | 'min') =>
      all.flatMap((one) => (one[key] === undefined ? [] : [`${one.name}=${one[key]}`]));
    const told = all.filter(({ reportOnly }) => reportOnly).map(({ name }) => name);
    return {
      query: all.map(({ name, query }) => `${name}=${query}`),
      ...{ max: limits('max'), min: limits('min') },
      ...(told.length === 0 ? {} : { 'report-only': told.join(',') }),
    };
  },
);

function number(words: string, schema: z.ZodType): FieldType {
  return type(words, schema, asText, Number);
}

function type(
  words: string,
  schema: z.ZodType,
  toOptions: FieldType['toOptions'],
  fromOption: FieldType['fromOption'] = same,
): FieldType {
  return { words, schema, toOptions, fromOption };
}
