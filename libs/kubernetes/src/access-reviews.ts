import type { AccessReview } from '@canary/release';
import type { Cluster } from './cluster.ts';

/** A right to do something with a kind of object in a namespace. */
export interface Right {
  /** Empty for the core group. */
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly verbs: readonly string[];
}

/** Which of the rights who asks has; one question a verb, all at once. */
export async function accessReviews(
  cluster: Cluster,
  namespace: string,
  rights: readonly Right[],
): Promise<readonly AccessReview[]> {
  const wanted = rights.flatMap(({ verbs, ...right }) => verbs.map((verb) => ({ ...right, verb })));
  return Promise.all(
    wanted.map(async (right) => {
      const { status } = await cluster.request<{ readonly status?: { allowed?: boolean } }>({
        asked: `ask whether you may ${right.verb} ${right.resource} in namespace ${namespace}`,
        method: 'POST',
        path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
        body: {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SelfSubjectAccessReview',
          spec: { resourceAttributes: { namespace, ...right } },
        },
      });
      return { ...right, allowed: status?.allowed === true };
    }),
  );
}
