import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPromtool } from '@canary/testing';
import { expect, it } from 'vitest';
import { recordingRules } from '../rules/recording.ts';
import { alertingRules } from '../rules/rules.ts';

const documented = async () => {
  const text = await readFile(new URL('../../../../docs/monitoring.md', import.meta.url), 'utf8');
  return /<!-- agent\.yml.*?-->\s+```yaml\n(.*?)```/s.exec(text)![1]!;
};

it('is documented for agents as Prometheus takes it in that mode', async (test) => {
  const folder = await mkdtemp(join(tmpdir(), 'canary-agent-'));
  test.onTestFinished(() => rm(folder, { recursive: true }));
  const check = async (text: string) => {
    await writeFile(join(folder, 'agent.yml'), text);
    const file = join(folder, 'agent.yml');
    return runPromtool(test, ['check', 'config', '--agent', '--syntax-only', file]);
  };
  const text = await documented();
  expect(await check(text)).toMatchObject({ exitCode: 0 });
  // What an agent cannot do, promtool refuses.
  expect((await check(`rule_files: [rules.yml]\n${text}`)).exitCode).not.toBe(0);
});

it('sends on every series that the rules read', async () => {
  const [, regex = ''] = /regex: (up\|.*)/.exec(await documented()) ?? [];
  const sent = new RegExp(`^(?:${regex})$`);
  const exprs = [...recordingRules, ...alertingRules].map(({ expr }) => expr).join('\n');
  const names = new Set(
    exprs.match(/\b(?:up|http_request\w+|process_\w+|canary_rollout_\w+)\b(?![\w:])(?=[{[)\s])/g),
  );
  expect(names.size).toBeGreaterThan(8);
  expect([...names].filter((name) => !sent.test(name))).toEqual([]);
});
