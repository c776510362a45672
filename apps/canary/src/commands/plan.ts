import { exitCodes, type CommandSpec } from '../command.ts';
import { appOptions, commonOptions, textOption } from '../options.ts';
import { findStable } from '../release/find-stable.ts';
import { judgingOptions } from '../release/judging-options.ts';
import { judgingHere, judgingOf } from '../release/judging.ts';
import { planText } from '../release/plan-text.ts';
import { decideWithinOf, prospectOf, type Prospect } from '../release/prospect.ts';
import { prospectText, warnings } from '../release/prospect-text.ts';
import { planOf, planOptions } from '../release/wish.ts';
import { withSite } from '../site/with-site.ts';

/** `canary plan`: what a release would do, before anything is touched. */
export const plan: CommandSpec = {
  name: 'plan',
  summary: 'show what a release would do: its steps, splits, pods and time',
  description:
    'Shows what a release of the app would do, and touches nothing: each step with its replicas, the\n' +
    'exact share of the traffic that they allow, how far that is from the share asked for, the pods\n' +
    'that it takes, and how long it lasts. Then how it would be judged, what would not be, and how\n' +
    'long a verdict takes at the traffic of now: for that it looks at the pods for some seconds.',
  options: [
    ...planOptions,
    ...judgingOptions,
    ...appOptions,
    { ...commonOptions.output, choices: ['text', 'json'], default: 'text' },
  ],
  examples: [
    'canary plan',
    'canary plan --steps 1,2,4',
    'canary plan --weights 10,50 --max-surge 1',
    'canary plan --margin 0.001 --decide-within 20m',
    'canary plan --on local',
  ],
  run: (io, _, options) =>
    withSite(io, options, async (place) => {
      const wished = judgingOf(options);
      const decideWithinSeconds = decideWithinOf(options);
      const [workloads, hasPrometheus] = await Promise.all([
        place.site.platform.list(place.selector),
        place.site.hasPrometheus(),
      ]);
      const stable = findStable(place, workloads, textOption(options, 'stable'));
      const planned = planOf(options, stable);
      const judging = judgingHere(wished, hasPrometheus);
      let prospect: Prospect | undefined;
      let trouble: string | undefined;
      try {
        const wish = { judging, stable, planned, decideWithinSeconds };
        prospect = await prospectOf(io, place, wish);
      } catch (error) {
        trouble = error instanceof Error ? error.message : String(error);
      }
      if (options['output'] === 'json') {
        const { notJudged, choice, detected } = prospect ?? {};
        const found = detected && { why: detected.why, ignored: detected.ignored };
        const how = {
          judging: prospect?.judging ?? judging,
          notJudged,
          forecast: choice,
          found,
          trouble,
        };
        io.out(JSON.stringify({ ...planned, ...how }, null, 2));
        return exitCodes.ok;
      }
      for (const line of planText(stable, planned.steps)) io.out(line);
      if (prospect) {
        for (const line of prospectText(prospect, stable, planned)) io.out(line);
        for (const line of warnings(prospect, stable, planned)) io.out(`Beware: ${line}.`);
      }
      for (const line of trouble?.split('\n') ?? []) io.out(`canary start would refuse: ${line}`);
      return exitCodes.ok;
    }),
};
