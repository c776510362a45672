import { exitCodes, type CommandSpec } from '../command.ts';
import { appOptions, commonOptions, targetArgument } from '../options.ts';
import { loadRollout, type RolloutRecord } from '@canary/rollout';
import { historyText } from '../release/history-text.ts';
import { withSite } from '../site/with-site.ts';

/** `canary history`: list every transition of the last release, and how those before it ended. */
export const history: CommandSpec = {
  name: 'history',
  summary: 'list every transition of the last release, and how those before it ended',
  arguments: targetArgument,
  options: [...appOptions, { ...commonOptions.output, choices: ['text', 'json'], default: 'text' }],
  examples: ['canary history', 'canary history -o json'],
  run: (io, [target], options) =>
    withSite(
      io,
      options,
      async ({ site, app }) => {
        const { value } = await loadRollout(site.store, app);
        const isJson = options['output'] === 'json';
        for (const line of isJson ? [jsonText(value)] : historyText(value)) io.out(line);
        return exitCodes.ok;
      },
      target,
    ),
};

function jsonText({ id, history, earlier }: RolloutRecord): string {
  return JSON.stringify({ id, history, earlier }, null, 2);
}
