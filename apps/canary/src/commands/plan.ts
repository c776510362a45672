import { exitCodes, type CommandSpec } from '../command.ts';
import { appOptions, commonOptions } from '../options.ts';
import { findStable } from '../release/find-stable.ts';
import { planText } from '../release/plan-text.ts';
import { planOf, planOptions } from '../release/wish.ts';
import { withSite } from '../site/with-site.ts';

/** `canary plan`: what a release would do, before anything is touched. */
export const plan: CommandSpec = {
  name: 'plan',
  summary: 'show what a release would do: its steps, splits, pods and time',
  description:
    'Shows what a release of the app would do, and touches nothing: each step with its replicas, the\n' +
    'exact share of the traffic that they allow, how far that is from the share asked for, the pods\n' +
    'that it takes, and how long it lasts.',
  options: [
    ...planOptions,
    ...appOptions,
    { ...commonOptions.output, choices: ['text', 'json'], default: 'text' },
  ],
  examples: [
    'canary plan',
    'canary plan --steps 1,2,4',
    'canary plan --weights 10,50 --max-surge 1',
    'canary plan --on local',
  ],
  run: (io, _, options) =>
    withSite(io, options, async (place) => {
      const workloads = await place.site.platform.list(place.selector);
      const stable = findStable(place, workloads, options['stable'] as string | undefined);
      const planned = planOf(options, stable);
      if (options['output'] === 'json') io.out(JSON.stringify(planned, null, 2));
      else for (const line of planText(stable, planned.steps)) io.out(line);
      return exitCodes.ok;
    }),
};
