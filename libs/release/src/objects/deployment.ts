import type { PlatformObject } from '@canary/rollout';
import { z } from 'zod';
import { ReleaseError } from '../errors.ts';
import { podTemplateSchema } from './pod-template.ts';

const texts = z.record(z.string(), z.string());
const amount = z.union([z.number(), z.string()]);

const selector = z.looseObject({
  matchLabels: texts.exactOptional(),
  matchExpressions: z
    .array(
      z.looseObject({
        key: z.string(),
        operator: z.string(),
        values: z.array(z.string()).exactOptional(),
      }),
    )
    .exactOptional(),
});

const schema = z.looseObject({
  apiVersion: z.literal('apps/v1'),
  kind: z.literal('Deployment'),
  metadata: z.looseObject({
    name: z.string().min(1),
    namespace: z.string().exactOptional(),
    uid: z.string().exactOptional(),
    generation: z.number().exactOptional(),
    deletionTimestamp: z.string().exactOptional(),
    labels: texts.exactOptional(),
    annotations: texts.exactOptional(),
    ownerReferences: z
      .array(z.looseObject({ kind: z.string(), name: z.string(), uid: z.string() }))
      .exactOptional(),
    managedFields: z.array(z.looseObject({ manager: z.string().exactOptional() })).exactOptional(),
  }),
  spec: z.looseObject({
    replicas: z.number().exactOptional(),
    paused: z.boolean().exactOptional(),
    selector,
    strategy: z
      .looseObject({
        type: z.string().exactOptional(),
        rollingUpdate: z
          .looseObject({ maxSurge: amount.exactOptional(), maxUnavailable: amount.exactOptional() })
          .exactOptional(),
      })
      .exactOptional(),
    template: podTemplateSchema,
  }),
  status: z
    .looseObject({
      observedGeneration: z.number().exactOptional(),
      replicas: z.number().exactOptional(),
      updatedReplicas: z.number().exactOptional(),
      availableReplicas: z.number().exactOptional(),
    })
    .exactOptional(),
});

/** A Deployment, as far as a release reads it; fields that it does not read are kept. */
export type Deployment = z.infer<typeof schema>;
export type LabelSelector = z.infer<typeof selector>;

/**
 * Reads a Deployment of the API server or of a file.
 *
 * @throws {@link ReleaseError} naming the field, where the object is none
 */
export function readDeployment(object: PlatformObject): Deployment {
  const result = schema.safeParse(withoutNulls(object));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = (issue?.path ?? []).map(String).join('.');
  const what = `${nameOf(object)} (${object.apiVersion})`;
  throw new ReleaseError(
    `${what} is no Deployment of apps/v1 that can be released: ${field}: ${issue?.message ?? ''}; see kubectl explain deployment.${field.replace(/\.\d+/g, '')}`,
  );
}

/** The replicas that it asks for; Kubernetes' default is one. */
export function replicasOf({ spec }: Deployment): number {
  return spec.replicas ?? 1;
}

/** How findings and errors call an object. */
export function nameOf({ kind, metadata }: Pick<PlatformObject, 'kind' | 'metadata'>): string {
  return `${kind} ${metadata.name}`;
}

/** Without fields of `null`, which the API server reads as fields that are not there. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== null && one !== undefined)
      .map(([key, one]) => [key, withoutNulls(one)]),
  );
}
