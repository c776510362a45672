import { findRollout, loadRollout, newRollout, startRollout } from '@canary/rollout';
import { UsageError, type CommandSpec, type Io, type Options } from '../command.ts';
import { appOptions, commonOptions, targetArgument, textOption } from '../options.ts';
import { changeOptions } from '../release/change-options.ts';
import { canaryObject } from '../release/canary-object.ts';
import { judgingOptions } from '../release/judging-options.ts';
import { judgingHere, judgingOf } from '../release/judging.ts';
import { decideWithinOf, prospectOf } from '../release/prospect.ts';
import { prospectText, warnings } from '../release/prospect-text.ts';
import { inPlace, type Tried } from '../release/in-place.ts';
import { driveRollout, outcomeCode } from '../release/drive-rollout.ts';
import { driveInCluster } from '../release/drive-in-cluster.ts';
import { findingsText, refuseImpossible } from '../release/findings-text.ts';
import { findStable } from '../release/find-stable.ts';
import { refuseFrozen } from '../release/freeze.ts';
import { planText } from '../release/plan-text.ts';
import { mostCanaries, planOf, planOptions } from '../release/wish.ts';
import { siteOptionsOf } from '../site/site-options.ts';
import { withSite, type Place } from '../site/with-site.ts';
import { runCommandsOf, runOption } from '../up/run-option.ts';
import { metricsPortOf, metricsPortOption } from './drive.ts';

/** `canary start`: a canary release, driven until it has ended. */
export const start: CommandSpec = {
  name: 'start',
  summary: 'start a canary release and drive it to its end',
  description:
    'Starts a canary release and drives it to its end: stage by stage up, or back where the canary\n' +
    'fails. A Deployment that is named (deploy/shop) is released in place: a canary of it is tried\n' +
    'beside it, and in the end it takes the new pods by its own rolling update, and keeps its name,\n' +
    'size, autoscaler and owner. Without a name it is the releases of --app, a Deployment each.\n' +
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
    'canary start --resume',
    'canary start --to 2.0.0 --in-cluster',
    'canary start --to 2.0.0 --on local',
    "canary start deploy/shop --image shop=shop:2 --run 'shop:2=node app2.mjs' --on local",
  ],
  run: (io, [target], options) => {
    refuseInCluster(io, options);
    refuseRunOnCluster(io, options);
    const metricsPort = metricsPortOf(options);
    return withSite(
      io,
      options,
      async (place) => {
        const json = options['output'] === 'json';
        if (options['resume'] === true) {
          if (options['to'] !== undefined || options['file'] !== undefined)
            throw new UsageError(
              '--resume goes on with what was started: leave --to and --file out',
            );
          await loadRollout(place.site.store, place.app);
          await tellRuns(options, place);
        } else {
          await begin(io, options, place);
        }
        if (options['inCluster'] === true) {
          const takeOver = options['takeOver'] === true;
          return outcomeCode(await driveInCluster(io, place, { takeOver, json }));
        }
        const whenHeld = options['wait'] ? 'wait' : options['takeOver'] ? 'take over' : 'refuse';
        return outcomeCode(await driveRollout(io, place, { json, whenHeld, metricsPort }));
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

/** Once nothing is in the way any more: what runs keeps its command until then. */
async function tellRuns(options: Options, { site }: Place): Promise<void> {
  const commands = runCommandsOf(options, process.cwd());
  if (commands.length > 0) await site.run?.(commands);
}

async function begin(io: Io, options: Options, place: Place): Promise<void> {
  const { site, app, selector, target, names } = place;
  const wished = judgingOf(options);
  const decideWithinSeconds = decideWithinOf(options);
  const [hasPrometheus] = await Promise.all([
    site.hasPrometheus(),
    refuseFrozen(place),
    refuseUnderWay(place),
  ]);
  if (target) names.naming = undefined;
  const tried = await (target ? inPlace : beside)(io, options, place);
  const { stable, workloads, canary, releases, template } = tried;
  const planned = planOf(options, stable, target && 'in place');
  const findings = (await tried.preflight?.(mostCanaries(planned))) ?? [];
  refuseImpossible(findings);
  const prospect = await prospectOf(io, place, {
    judging: judgingHere(wished, hasPrometheus),
    ...{ stable, planned, decideWithinSeconds },
  });
  for (const warning of warnings(prospect, stable, planned)) io.err(`canary: warning: ${warning}`);
  const now = site.clock.now();
  const id = `${canary.metadata.name}-${new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')}`;
  const record = newRollout({
    ...{ id, app, selector, plan: planned.plan, workloads, stable: stable.ref.name, canary },
    ...(releases ? { releases } : {}),
    ...(template === undefined ? {} : { template }),
    judging: prospect.judging,
    now,
  });
  await tellRuns(options, place);
  await startRollout(site.store, app, record);
  names.naming = record;
  if (options['output'] === 'json') return;
  const how = prospectText(prospect, stable, planned);
  const told = [...planText(stable, planned.stages), ...findingsText(findings), ...how, ''];
  for (const line of told) io.out(line);
}

/** A release beside the stable Deployment, which it replaces in the end. */
async function beside(io: Io, options: Options, place: Place): Promise<Tried> {
  const canary = await canaryObject(io, options, place);
  const workloads = await place.site.platform.list(place.selector);
  const named = textOption(options, 'stable');
  const stable = findStable(place, others(workloads, canary.metadata.name), named);
  return { canary, workloads, stable };
}

/** Told before anything else: what a release under way has made would only confuse. */
async function refuseUnderWay({ site, app }: Place): Promise<void> {
  const stored = await findRollout(site.store, app);
  const { outcome, canary, reason } = stored?.value ?? {};
  if (!canary || (outcome !== undefined && outcome !== 'held')) return;
  throw new Error(
    `the release of ${canary.ref.name} is not at its end (${reason ?? ''}): promote or abort it first, or go on with it by --resume`,
  );
}

/** The canary's own Deployment cannot be the stable one, unless it is the only one there is. */
function others<W extends { readonly ref: { readonly name: string } }>(
  workloads: readonly W[],
  canary: string,
): readonly W[] {
  const rest = workloads.filter(({ ref }) => ref.name !== canary);
  return rest.length > 0 ? rest : workloads;
}
