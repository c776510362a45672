import {
  planRelease,
  type ObserveWish,
  type PlannedRelease,
  type ReleaseWish,
  type Workload,
} from '@canary/rollout';
import { UsageError, type Options, type OptionSpec } from '../command.ts';
import { given, numberOption, numbersOption, secondsOption } from '../options.ts';

/** Options that shape a plan. */
export const planOptions: readonly OptionSpec[] = [
  { flags: '--steps <list>', description: 'canary replicas from stage to stage (default: 1)' },
  {
    flags: '--weights <list>',
    description: 'canary shares in percent instead, as near as replicas allow',
  },
  {
    flags: '--max-surge <number>',
    description: 'pods beyond those of the stable release (default: as many again)',
  },
  {
    flags: '--min-ready <number>',
    description: 'ready replicas that are never given up (default: all of the stable release)',
  },
  {
    flags: '--observe <time>',
    description: 'observe each stage for so long (default: until the verdict)',
  },
  {
    flags: '--bake <time>',
    description: 'observe the canary at full size so long before the stable release goes; 0: not',
    default: '60s',
  },
  { flags: '--soak <time>', description: 'no verdict promotes before', default: '60s' },
  { flags: '--limit <time>', description: 'longest observation without a verdict', default: '60m' },
  {
    flags: '--on-limit <what>',
    description:
      'what follows then; promote: only what is inside the margin, and blocked by nothing',
    choices: ['hold', 'promote', 'rollback'],
    default: 'hold',
  },
  { flags: '--look <time>', description: 'from look to look', default: '1s' },
  { flags: '--confirm', description: 'wait for canary promote before the canary takes over' },
  { flags: '--ready-seconds <number>', description: 'time for pods to be ready', default: '120' },
  {
    flags: '--grace-seconds <number>',
    description: 'time for pods that cannot start (image, crash loop)',
    default: '20',
  },
  { flags: '--stable <deployment>', description: 'which Deployment has the traffic' },
];

/**
 * The plan that the options wish for.
 *
 * @throws `PlanError` or {@link UsageError} naming what is not possible
 */
export function planOf(
  options: Options,
  stable: Workload,
  takeOver: ReleaseWish['takeOver'] = 'replace',
): PlannedRelease {
  const weights = numbersOption(options, 'weights');
  const steps = numbersOption(options, 'steps');
  if (weights && steps) throw new UsageError('give --steps or --weights, not both');
  return planRelease({
    takeOver,
    stableReplicas: stable.replicas,
    ...(weights ? { weights } : { canaryReplicas: steps ?? [1] }),
    observe: observeOf(options),
    confirm: options['confirm'] === true,
    ...given('bakeSeconds', secondsOption(options, 'bake')),
    ...given('maxSurge', numberOption(options, 'max-surge')),
    ...given('minReady', numberOption(options, 'min-ready')),
    ...given('readySeconds', numberOption(options, 'ready-seconds')),
    ...given('graceSeconds', numberOption(options, 'grace-seconds')),
  });
}

/** The most replicas that the canary has in a release. */
export function mostCanaries({ stages }: PlannedRelease): number {
  return Math.max(...stages.map(({ split }) => split.canary));
}

function observeOf(options: Options): ObserveWish {
  const seconds = secondsOption(options, 'observe');
  const look = secondsOption(options, 'look');
  if (seconds !== undefined) {
    return { until: 'time', seconds, ...given('everySeconds', look) };
  }
  const limit = options['onLimit'];
  return {
    until: 'verdict',
    ...given('soakSeconds', secondsOption(options, 'soak')),
    ...given('limitSeconds', secondsOption(options, 'limit')),
    ...given('everySeconds', look),
    ...(limit === 'promote' || limit === 'rollback' ? { onTimeout: limit } : {}),
  };
}
