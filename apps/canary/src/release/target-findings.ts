import { canaryObject, preflight, type PodTemplate, type Severity } from '@canary/release';
import type { Io, Options } from '../command.ts';
import { findingOf, type Finding } from '../doctor-checks.ts';
import { withSite, type Place } from '../site/with-site.ts';
import { describeWorkload } from '../until.ts';
import { namedDeployment } from './find-stable.ts';
import { ownObject } from './in-place.ts';

const STATES: Readonly<Record<Severity, Finding['state']>> = {
  refuse: 'in the way',
  warn: 'beware',
  info: 'note',
};

/** Whether a Deployment is there, and what is in the way of any release of it, whatever changes. */
export async function targetFindings(
  io: Io,
  options: Options,
  target: string,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const isThere = await findingOf({
    name: target,
    needed: true,
    look: () =>
      withSite(
        io,
        options,
        async (place) => {
          const workload = namedDeployment(place, await place.site.platform.list(place.selector));
          findings.push(...(await preflightOf(place, await ownObject(place, workload))));
          return describeWorkload(workload);
        },
        target,
      ),
  });
  return [isThere, ...findings];
}

/** Preflight of a release that changes nothing: what it finds is of the Deployment as it is. */
async function preflightOf(
  { site }: Place,
  deployment: Awaited<ReturnType<typeof ownObject>>,
): Promise<readonly Finding[]> {
  const { template } = deployment['spec'] as { readonly template: PodTemplate };
  const canary = canaryObject(deployment, template, { replicas: 1 });
  const facts = await site.facts?.({ deployment, template, canary });
  return (facts ? preflight(facts) : []).map(({ severity, object, message, remedy }) => ({
    name: object,
    state: STATES[severity],
    message: `${message}: ${remedy}`,
  }));
}
