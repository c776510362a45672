import type { AccessReview } from '../facts.ts';
import type { Rule } from '../rule.ts';

/** Rights that the release needs and that who asks does not have. */
export const rights: Rule = {
  id: 'rights',
  check: ({ access, deployment }) => {
    const denied = access.filter(({ allowed }) => !allowed);
    const resources = new Map<string, AccessReview[]>();
    for (const review of denied) {
      const key = `${resourceOf(review)}.${review.group}`;
      resources.set(key, [...(resources.get(key) ?? []), review]);
    }
    const { namespace = 'default' } = deployment.metadata;
    return [...resources.values()].map((reviews) => {
      const [{ group }] = reviews as [AccessReview];
      const resource = resourceOf(reviews[0]!);
      const verbs = reviews.map(({ verb }) => verb);
      const full = group === '' ? resource : `${resource} (${group})`;
      return {
        severity: 'refuse',
        object: `Namespace ${namespace}`,
        message: `you may not ${verbs.join(', ')} ${full} there, which the release needs`,
        remedy: `have a Role with this rule bound to you: ${rule(group, resource, verbs)}`,
      };
    });
  },
};

function resourceOf({ resource, subresource }: AccessReview): string {
  return subresource === undefined ? resource : `${resource}/${subresource}`;
}

function rule(group: string, resource: string, verbs: readonly string[]): string {
  const list = (values: readonly string[]) => values.map((one) => JSON.stringify(one)).join(', ');
  return `{apiGroups: [${list([group])}], resources: [${list([resource])}], verbs: [${list(verbs)}]}`;
}
