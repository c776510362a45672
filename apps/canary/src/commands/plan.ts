import { exitCodes, type CommandSpec, type ExitCode, type Io, type Options } from '../command.ts';
import { appOptions, commonOptions, textOption, targetArgument } from '../options.ts';
import { findingsText } from '../release/findings-text.ts';
import { findStable } from '../release/find-stable.ts';
import { changeOptions } from '../release/change-options.ts';
import { inPlace } from '../release/in-place.ts';
import { judgingOptions } from '../release/judging-options.ts';
import { judgingHere, judgingOf } from '../release/judging.ts';
import { planText } from '../release/plan-text.ts';
import { decideWithinOf, prospectOf, type Prospect } from '../release/prospect.ts';
import { prospectText, warnings } from '../release/prospect-text.ts';
import { mostCanaries, planOf, planOptions } from '../release/wish.ts';
import { withSite, type Place } from '../site/with-site.ts';

/** `canary plan`: what a release would do, before anything is touched. */
export const plan: CommandSpec = {
  name: 'plan',
  summary: 'show what a release would do: its stages, splits, pods and time',
  description:
    'Shows what a release of the app would do, and touches nothing: each stage with its replicas, the\n' +
    'exact share of the traffic that they allow, how far that is from the share asked for, the pods\n' +
    'that it takes, and how long it lasts. Then how it would be judged, what would not be, and how\n' +
    'long a verdict takes at the traffic of now: for that it looks at the pods for some seconds.',
  arguments: targetArgument,
  options: [
    ...changeOptions,
    ...planOptions,
    ...judgingOptions,
    ...appOptions,
    { ...commonOptions.output, choices: ['text', 'json'], default: 'text' },
  ],
  examples: [
    'canary plan deploy/shop --image shop=registry.example/shop:2.0.0',
    'canary plan',
    'canary plan --steps 1,2,4',
    'canary plan --weights 10,50 --max-surge 1',
    'canary plan --margin 0.001 --decide-within 20m',
    'canary plan --on local',
  ],
  run: (io, [target], options) =>
    withSite(io, options, (place) => showPlan(io, options, place), target),
};

async function showPlan(io: Io, options: Options, place: Place): Promise<ExitCode> {
  const wished = judgingOf(options);
  const decideWithinSeconds = decideWithinOf(options);
  if (place.target) place.names.naming = undefined;
  const tried = place.target ? await inPlace(io, options, place) : undefined;
  const stable = tried?.stable ?? (await stableOf(place, options));
  const planned = planOf(options, stable, tried && 'in place');
  const findings = (await tried?.preflight?.(mostCanaries(planned))) ?? [];
  const judging = judgingHere(wished, await place.site.hasPrometheus());
  let prospect: Prospect | undefined;
  let trouble: string | undefined;
  try {
    prospect = await prospectOf(io, place, { judging, stable, planned, decideWithinSeconds });
  } catch (error) {
    trouble = error instanceof Error ? error.message : String(error);
  }
  if (options['output'] === 'json') {
    const { notJudged, choice, detected } = prospect ?? {};
    const how = {
      judging: prospect?.judging ?? judging,
      ...{ notJudged, forecast: choice, trouble },
      found: detected && { why: detected.why, ignored: detected.ignored },
    };
    io.out(JSON.stringify({ ...planned, ...(tried ? { findings } : {}), ...how }, null, 2));
    return exitCodes.ok;
  }
  for (const line of [...planText(stable, planned.stages), ...findingsText(findings)]) io.out(line);
  if (prospect) {
    for (const line of prospectText(prospect, stable, planned)) io.out(line);
    for (const line of warnings(prospect, stable, planned)) io.out(`Beware: ${line}.`);
  }
  for (const line of trouble?.split('\n') ?? []) io.out(`canary start would refuse: ${line}`);
  return exitCodes.ok;
}

async function stableOf(place: Place, options: Options) {
  const workloads = await place.site.platform.list(place.selector);
  return findStable(place, workloads, textOption(options, 'stable'));
}
