import { exitCodes, type CommandSpec } from '../command.ts';
import { appOptions, commonOptions, targetArgument } from '../options.ts';
import { bundleOption } from '../release/bundle-option.ts';
import { changeOptions } from '../release/change-options.ts';
import { judgingOptions } from '../release/judging-options.ts';
import { planBundle } from '../release/plan-bundle.ts';
import { shownPlan } from '../release/shown-plan.ts';
import { planOptions } from '../release/wish.ts';
import { withSite } from '../site/with-site.ts';

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
    'kustomize build . | canary plan -f -',
    'canary plan',
    'canary plan --steps 1,2,4',
    'canary plan --weights 10,50 --max-surge 1',
    'canary plan --margin 0.001 --decide-within 20m',
    'canary plan --on local',
  ],
  run: async (given, [target], options) => {
    const { io, bundle } = await bundleOption(given, target, options);
    const isJson = options['output'] === 'json';
    const { json, lines } = bundle
      ? await planBundle(io, options, bundle)
      : await withSite(io, options, (place) => shownPlan(io, options, place), target);
    for (const line of isJson ? [JSON.stringify(json, null, 2)] : lines) io.out(line);
    return exitCodes.ok;
  },
};
