import { canaryObject, preflight, type PodTemplate } from '@canary/release';
import { messageOf, type Workload } from '@canary/rollout';
import { findingsText } from '../release/findings-text.ts';
import { findSeries } from '../release/find-series.ts';
import { checkJudging } from '../release/judge-of.ts';
import { judgingHere, judgingOf, type Judging } from '../release/judging.ts';
import { namedDeployment } from '../release/find-stable.ts';
import { ownObject } from '../release/in-place.ts';
import type { Place } from '../site/with-site.ts';

/**
 * What there is to know of a Deployment before its first release, in lines: its size and containers,
 * what is in the way, and what it would be judged by. Changes nothing.
 *
 * @throws a `UsageError` where there is no such Deployment
 */
export async function lookAround(place: Place): Promise<string[]> {
  const { site } = place;
  const stable = namedDeployment(place, await place.site.platform.list(place.selector));
  const object = await ownObject(place, stable);
  const { template } = object['spec'] as { readonly template: PodTemplate };
  const canary = canaryObject(object, template, { replicas: 1 });
  const [facts, hasPrometheus] = await Promise.all([
    site.facts?.({ deployment: object, template, canary }),
    site.hasPrometheus(),
  ]);
  const containers = template.spec.containers.map(({ name, image = '' }) => `${name} (${image})`);
  const judging = judgingHere(judgingOf({}), hasPrometheus);
  // Traffic, or a port that is named, mends it; the file can be written meanwhile.
  const found = await foundIn(place, stable, judging).catch((error: unknown) => [messageOf(error)]);
  return [
    `${stable.replicas} replicas; containers: ${containers.join(', ')}`,
    ...findingsText(facts ? preflight(facts) : []),
    ...found.map((line) => `Metrics: ${line}`),
    hasPrometheus
      ? 'Prometheus: the Service prometheus of the namespace'
      : 'Prometheus: none is known in the namespace; pods are read directly',
  ];
}

async function foundIn(
  place: Place,
  stable: Workload,
  wished: Judging,
): Promise<readonly string[]> {
  const { judging, detected } = await findSeries(place, wished, stable);
  if (judging.unjudged !== undefined)
    return [`readiness and restarts decide, as ${judging.unjudged}`];
  if (detected) return detected.why;
  // It says which pod gave nothing, and why.
  await checkJudging(place, judging, stable.release);
  return ['no pod could be read'];
}
