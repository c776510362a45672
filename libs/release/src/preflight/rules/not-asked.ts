import { nameOf } from '../../objects/deployment.ts';
import type { Rule } from '../rule.ts';

/** What nobody could look at. */
export const notAsked: Rule = {
  id: 'not-asked',
  check: ({ unasked, deployment }) =>
    unasked.map(({ what, why }) => ({
      severity: 'warn',
      object: nameOf(deployment),
      message: `it is not known whether ${what} are in the way: ${why}`,
      remedy: 'have a role bound that allows it, or see yourself that nothing of it is in the way',
    })),
};
