import { describe, expect, it } from 'vitest';
import { judgingOptions } from '../release/judging-options.ts';
import { planOptions } from '../release/wish.ts';
import { configPage } from '../testing/config-page.ts';
import { configFields, longName } from './fields.ts';
import { readConfig } from './read-config.ts';
import { jsonSchema } from './schema.ts';

const DOCS = '../../../../docs';

describe('the fields of canary.yaml', () => {
  it('are all options that shape a plan, or say how it is judged', () => {
    const known = configFields.flatMap(({ options }) => options);
    const all = [...planOptions, ...judgingOptions].map(longName);
    expect(all.filter((name) => !known.includes(name))).toEqual([]);
  });

  it.each(configFields)('$path says what it is, what it may be, and has a value', (field) => {
    const { description, default: byDefault, example, type } = field;
    expect(description).not.toBe('');
    expect(type.words).not.toBe('');
    expect(type.schema.safeParse(byDefault ?? example).success).toBe(true);
  });

  it('contradict fields that there are', () => {
    const paths = configFields.map(({ path }) => path);
    for (const { excludes } of configFields)
      expect(paths).toEqual(expect.arrayContaining([...excludes]));
  });

  it('are what the JSON schema has', async () => {
    const text = `${JSON.stringify(jsonSchema(), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(`${DOCS}/canary.schema.json`);
  });

  it('are used as they are in the example of the documentation', () => {
    const [, example = ''] = /```yaml\n(.*?)```/s.exec(configPage()) ?? [];
    expect(readConfig(example, 'x.yaml')).toMatchObject({ target: 'deploy/shop', stages: [1, 2] });
  });

  it('are what the documentation says', async () => {
    await expect(configPage()).toMatchFileSnapshot(`${DOCS}/config.md`);
  });
});
