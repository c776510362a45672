import { nameOf } from '../../objects/deployment.ts';
import type { Container } from '../../objects/pod-template.ts';
import type { Facts } from '../facts.ts';
import type { Rule } from '../rule.ts';
import { containerAt, listed, servicesInFront, targetsOf } from '../traffic.ts';

/** Requests to a container of which nobody knows whether it is ready. */
export const readiness: Rule = {
  id: 'readiness',
  check: (facts) => {
    const unprobed = serving(facts).filter(({ readinessProbe }) => !readinessProbe);
    if (unprobed.length === 0) return [];
    const names = listed(unprobed.map(({ name }) => name));
    const [containers, have] =
      unprobed.length === 1 ? ['container', 'has'] : ['containers', 'have'];
    return [
      {
        severity: 'warn',
        object: nameOf(facts.deployment),
        message: `${containers} ${names} ${have} no readiness probe: a pod gets requests from the moment its process starts, and those that come before it listens are lost, with every pod that the release starts`,
        remedy: 'add a readinessProbe that succeeds when the container can answer',
      },
    ];
  },
};

/** The containers that Services send to; where no port tells, all, unless one of them has a probe. */
function serving(facts: Facts): readonly Container[] {
  const services = servicesInFront(facts);
  const { template } = facts;
  const targets = services.flatMap(targetsOf).map((target) => containerAt(template, target));
  const known = new Set(targets.filter((container) => container !== undefined));
  if (known.size > 0) return [...known];
  const { containers } = template.spec;
  return services.length === 0 || containers.some((one) => one.readinessProbe) ? [] : containers;
}
