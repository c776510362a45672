import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { alertingRules } from './rules.ts';

it('have a section of docs/runbooks.md for each alert, and none for what is no alert', async () => {
  const text = await readFile(new URL('../../../../docs/runbooks.md', import.meta.url), 'utf8');
  const sections = [...text.matchAll(/^## (.+)$/gm)].map(([, name]) => name);
  expect(sections).toEqual(alertingRules.map(({ alert }) => alert));
  for (const { alert, annotations } of alertingRules)
    expect(annotations.runbook).toBe(`docs/runbooks.md#${alert.toLowerCase()}`);
});
