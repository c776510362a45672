import { loadRollout } from '@canary/rollout';
import { UsageError, type CommandSpec, type Io, type Options } from '../command.ts';
import { appOptions, commonOptions, targetArgument, textOption } from '../options.ts';
import { begin } from '../release/begin.ts';
import { bundleOption } from '../release/bundle-option.ts';
import { changeOptions } from '../release/change-options.ts';
import { driveAsAsked } from '../release/drive-as-asked.ts';
import { judgingOptions } from '../release/judging-options.ts';
import { releaseBundle } from '../release/release-bundle.ts';
import { metricsPortOf, metricsPortOption } from '../release/metrics-port.ts';
import { planOptions } from '../release/wish.ts';
import { siteOptionsOf } from '../site/site-options.ts';
import { withSite } from '../site/with-site.ts';
import { runCommandsOf, runOption, tellRuns } from '../up/run-option.ts';

/** `canary start`: a canary release, driven until it has ended. */
export const start: CommandSpec = {
  name: 'start',
  summary: 'start a canary release and drive it to its end',
  description:
    'Starts a canary release and drives it to its end: stage by stage up, or back where the canary\n' +
    'fails. A Deployment that is named (deploy/shop) is released in place: a canary of it is tried\n' +
    'beside it, and in the end it takes the new pods by its own rolling update, and keeps its name,\n' +
    'size, autoscaler and owner. Without a name it is the releases of --app, a Deployment each;\n' +
    'or with -f all objects of a file, each changed Deployment in place, one after another.\n' +
    'What it has done and will do is kept beside it: Ctrl-C leaves it as it stands, and --resume goes\n' +
    'on, here or elsewhere.',
  arguments: targetArgument,
  options: [
    { flags: '--to <version>', description: 'version of myapp to try, such as 2.0.0' },
    ...changeOptions,
    {
      ...runOption,
      description: `${runOption.description}; runs in this folder, and canary up remembers it`,
    },
    ...planOptions,
    ...judgingOptions,
    { flags: '--resume', description: 'drive on what was started before' },
    { flags: '--wait', description: 'where another drives it: wait until that one is gone' },
    { flags: '--take-over', description: 'where another drives it: take it from that one' },
    {
      flags: '--in-cluster',
      description: 'have a Job of the cluster drive it, and follow that; Ctrl-C leaves it running',
    },
    metricsPortOption,
    ...appOptions,
    { ...commonOptions.output, choices: ['text', 'json'], default: 'text' },
  ],
  examples: [
    'canary start deploy/shop --image shop=registry.example/shop:2.0.0',
    'canary start --to 2.0.0',
    'canary start --to 2.0.0 --margin 0.01',
    'canary start --to 2.0.0 --steps 1,2 --observe 1m --confirm',
    'canary start -f shop.yaml --app shop -n shop',
    'kustomize build . | canary start -f - -n shop',
    'canary start --resume',
    'canary start --to 2.0.0 --in-cluster',
    'canary start --to 2.0.0 --on local',
    "canary start deploy/shop --image shop=shop:2 --run 'shop:2=node app2.mjs' --on local",
  ],
  run: async (given, [target], options) => {
    refuseInCluster(given, options);
    refuseRunOnCluster(given, options);
    metricsPortOf(options);
    const isResumed = options['resume'] === true;
    if (isResumed && (options['to'] !== undefined || options['file'] !== undefined))
      throw new UsageError('--resume goes on with what was started: leave --to and --file out');
    const { io, bundle } = await bundleOption(given, target, options);
    if (bundle) return releaseBundle(io, options, bundle);
    return withSite(
      io,
      options,
      async (place) => {
        if (isResumed) {
          await loadRollout(place.site.store, place.app);
          await tellRuns(options, place.site);
        } else await begin(io, options, place);
        return driveAsAsked(io, options, place);
      },
      target,
    );
  },
};

/** @throws {@link UsageError} where there is no cluster that could drive, or what is asked is the Job's own affair */
function refuseInCluster(io: Io, options: Options): void {
  if (options['inCluster'] !== true) return;
  if (siteOptionsOf(io, options).on === 'local')
    throw new UsageError(
      '--in-cluster has a cluster drive the release, and this is --on local: leave one of them out',
    );
  if (options['serveMetrics'] !== undefined)
    throw new UsageError('--in-cluster serves its metrics by itself: leave --serve-metrics out');
  const prometheus = textOption(options, 'prometheus');
  if (prometheus !== undefined && /^https?:\/\/(localhost|127\.|\[::1\])/.test(prometheus))
    throw new UsageError(
      `--prometheus ${prometheus} is this machine, which a Job does not reach: name it as pods do, such as http://prometheus.monitoring:9090`,
    );
}

/** @throws {@link UsageError} where pods run images, and no commands, or for what is no command */
function refuseRunOnCluster(io: Io, options: Options): void {
  const [first] = runCommandsOf(options, process.cwd());
  if (first && siteOptionsOf(io, options).on !== 'local')
    throw new UsageError(
      `--run says what stands for ${first.image} on this machine, and this is --on kubernetes: leave it out, or say --on local`,
    );
}
