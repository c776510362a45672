import { findRollout, newRollout, startRollout, type PlatformObject } from '@canary/rollout';
import type { Io, Options } from '../command.ts';
import { textOption } from '../options.ts';
import type { Place } from '../site/with-site.ts';
import { tellRuns } from '../up/run-option.ts';
import { canaryObject } from './canary-object.ts';
import { findStable } from './find-stable.ts';
import { findingsText, refuseImpossible } from './findings-text.ts';
import { refuseFrozen } from './freeze.ts';
import { inPlace, type Tried } from './in-place.ts';
import { judgingHere, judgingOf } from './judging.ts';
import { planText } from './plan-text.ts';
import { decideWithinOf, prospectOf } from './prospect.ts';
import { prospectText, warnings } from './prospect-text.ts';
import { mostCanaries, planOf } from './wish.ts';

/**
 * Starts a release, and shows its plan: what is to be tried comes from the options, or of a
 * Deployment that is named from `file`.
 *
 * @throws an `Error` with all that is in the way; then nothing was touched
 */
export async function begin(
  io: Io,
  options: Options,
  place: Place,
  file?: PlatformObject,
): Promise<void> {
  const { site, app, selector, target, names } = place;
  const wished = judgingOf(options);
  const decideWithinSeconds = decideWithinOf(options);
  const [hasPrometheus] = await Promise.all([
    site.hasPrometheus(),
    refuseFrozen(place),
    refuseUnderWay(place),
  ]);
  if (target) names.naming = undefined;
  const tried = await (target ? inPlace(io, options, place, file) : beside(io, options, place));
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
  await tellRuns(options, site);
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
export async function refuseUnderWay({ site, app }: Place): Promise<void> {
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
