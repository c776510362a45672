import { standingOf } from '@canary/api/view';
import { exitCodes, type CommandSpec } from '../command.ts';
import { appOptions, commonOptions, targetArgument } from '../options.ts';
import { loadRollout, type RolloutRecord } from '@canary/rollout';
import { decisionOf, explainText } from '../release/history-text.ts';
import { withSite } from '../site/with-site.ts';

/** `canary explain`: say why the last release stands where it stands. */
export const explain: CommandSpec = {
  name: 'explain',
  summary: 'say why the last release stands where it stands',
  arguments: targetArgument,
  options: [...appOptions, { ...commonOptions.output, choices: ['text', 'json'], default: 'text' }],
  examples: ['canary explain', 'canary explain -o json'],
  run: (io, [target], options) =>
    withSite(
      io,
      options,
      async ({ site, app }) => {
        const { value } = await loadRollout(site.store, app);
        const isJson = options['output'] === 'json';
        for (const line of isJson
          ? [JSON.stringify(explanation(value), null, 2)]
          : explainText(value))
          io.out(line);
        return exitCodes.ok;
      },
      target,
    ),
};

function explanation(record: RolloutRecord) {
  const { outcome, reason, turnedBack, history } = record;
  const decidedBy = decisionOf({ history, turnedBack, outcome });
  const { notes = [] } = record.judged?.opinion ?? {};
  return { outcome, reason, turnedBack, standing: standingOf(record), notes, decidedBy };
}
