import { DRAIN_S } from '../../canary/canary-object.ts';
import { nameOf } from '../../objects/deployment.ts';
import type { PodTemplate } from '../../objects/pod-template.ts';
import type { Rule } from '../rule.ts';
import { listed, servicesInFront } from '../traffic.ts';

/**
 * Pods that may end before everybody knows that they leave: those that run, when the Deployment
 * takes the release over, and the new ones, when it goes back from there. The figure is what was
 * lost of a steady 50 requests per second during a take-over, with an app that ends at once on
 * SIGTERM: 33 of 3,802.
 */
export const drain: Rule = {
  id: 'drain',
  check: (facts) => {
    if (servicesInFront(facts).length === 0) return [];
    const object = nameOf(facts.deployment);
    const running = withoutHook(facts.deployment.spec.template);
    const next = withoutHook(facts.template);
    const hook = `lifecycle.preStop.sleep.seconds: ${DRAIN_S}`;
    if (running.length > 0)
      return [
        {
          severity: 'warn',
          object,
          message: `${have(running)} no preStop hook in the pods that run: when the Deployment takes the release over, an app that exits at once on SIGTERM loses about 1 % of the requests meanwhile; the canary's own pods wait ${DRAIN_S} s before they end, and lose none`,
          remedy:
            next.length > 0
              ? `go on where the app answers for some seconds after SIGTERM; else add ${hook} to the template: from the next release on nothing is lost`
              : 'go on: the new template has one, so that nothing is lost from the next release on',
        },
      ];
    if (next.length === 0) return [];
    return [
      {
        severity: 'warn',
        object,
        message: `${have(next)} no preStop hook in the new template, as there is in the pods that run: where the take-over goes back, and at the next release, an app that exits at once on SIGTERM loses about 1 % of the requests meanwhile`,
        remedy: `keep the hook, or add ${hook}`,
      },
    ];
  },
};

function withoutHook({ spec }: PodTemplate): readonly string[] {
  return spec.containers.filter(({ lifecycle }) => !lifecycle?.preStop).map(({ name }) => name);
}

function have(names: readonly string[]): string {
  return names.length === 1 ? `container ${listed(names)} has` : `containers ${listed(names)} have`;
}
