import { nameOf } from '../../objects/deployment.ts';
import type { Rule } from '../rule.ts';

/** Pods that are killed the moment they are told to leave. */
export const gracePeriod: Rule = {
  id: 'grace-period',
  check: ({ template, deployment }) => {
    const templates = [deployment.spec.template, template];
    if (!templates.some(({ spec }) => spec.terminationGracePeriodSeconds === 0)) return [];
    return [
      {
        severity: 'warn',
        object: nameOf(deployment),
        message:
          'terminationGracePeriodSeconds is 0: a pod is killed with the requests that it has, each time one is taken away',
        remedy: 'leave it out (30 s), or set it to the slowest answer and some room',
      },
    ];
  },
};
