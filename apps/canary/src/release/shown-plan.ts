import { messageOf, type PlatformObject } from '@canary/rollout';
import { textOption } from '../options.ts';
import type { Io, Options } from '../command.ts';
import type { Place } from '../site/with-site.ts';
import { findStable } from './find-stable.ts';
import { findingsText } from './findings-text.ts';
import { inPlace } from './in-place.ts';
import { judgingHere, judgingOf } from './judging.ts';
import { planText } from './plan-text.ts';
import { decideWithinOf, prospectOf, type Prospect } from './prospect.ts';
import { prospectText, warnings } from './prospect-text.ts';
import { mostCanaries, planOf } from './wish.ts';

/** What a release would do, for scripts and for people. */
export interface ShownPlan {
  readonly json: object;
  readonly lines: readonly string[];
}

/**
 * What a release would do, with nothing touched.
 *
 * @param file of a Deployment that is named: the object to try, where the options name no change
 */
export async function shownPlan(
  io: Io,
  options: Options,
  place: Place,
  file?: PlatformObject,
): Promise<ShownPlan> {
  const wished = judgingOf(options);
  const decideWithinSeconds = decideWithinOf(options);
  if (place.target) place.names.naming = undefined;
  const tried = place.target ? await inPlace(io, options, place, file) : undefined;
  const stable = tried?.stable ?? (await stableOf(place, options));
  const planned = planOf(options, stable, tried && 'in place');
  const findings = (await tried?.preflight?.(mostCanaries(planned))) ?? [];
  const judging = judgingHere(wished, await place.site.hasPrometheus());
  let prospect: Prospect | undefined;
  let trouble: string | undefined;
  try {
    prospect = await prospectOf(io, place, { judging, stable, planned, decideWithinSeconds });
  } catch (error) {
    trouble = messageOf(error);
  }
  const { notJudged, choice, detected } = prospect ?? {};
  const how = {
    judging: prospect?.judging ?? judging,
    ...{ notJudged, forecast: choice, trouble },
    found: detected && { why: detected.why, ignored: detected.ignored },
  };
  const foreseen = prospect
    ? [
        ...prospectText(prospect, stable, planned),
        ...warnings(prospect, stable, planned).map((line) => `Beware: ${line}.`),
      ]
    : [];
  return {
    json: { ...planned, ...(tried ? { findings } : {}), ...how },
    lines: [
      ...planText(stable, planned.stages),
      ...findingsText(findings),
      ...foreseen,
      ...(trouble?.split('\n') ?? []).map((line) => `canary start would refuse: ${line}`),
    ],
  };
}

async function stableOf(place: Place, options: Options) {
  const workloads = await place.site.platform.list(place.selector);
  return findStable(place, workloads, textOption(options, 'stable'));
}
