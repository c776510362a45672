import { z } from 'zod';
import { containerSchema, stringMap, volumeSchema } from './pod-schema.ts';
import { ignored, only } from './honoured.ts';

const metadata = z.strictObject({
  name: z.string().min(1),
  namespace: z.string().min(1).default('default'),
  labels: stringMap,
  annotations: stringMap,
  uid: ignored,
  generation: ignored,
  resourceVersion: ignored,
  creationTimestamp: ignored,
  managedFields: ignored,
  // Nothing is deleted here but what is named.
  ownerReferences: ignored,
});

const count = z.int().min(0);
const countOrPercent = z.union([count, z.string().regex(/^\d+%$/, 'expected a number or "<n>%"')]);

const template = z.strictObject({
  metadata: z.strictObject({
    labels: stringMap,
    annotations: stringMap,
    creationTimestamp: ignored,
  }),
  spec: z.strictObject({
    containers: z.array(containerSchema).min(1),
    volumes: z.array(volumeSchema).default([]),
    terminationGracePeriodSeconds: count.default(30),
    restartPolicy: only('Always'),
    dnsPolicy: only('ClusterFirst'),
    schedulerName: only('default-scheduler'),
  }),
});

const deployment = z.strictObject({
  apiVersion: z.literal('apps/v1'),
  kind: z.literal('Deployment'),
  metadata,
  spec: z
    .strictObject({
      replicas: count.optional(),
      selector: z.strictObject({ matchLabels: stringMap }),
      template,
      strategy: z
        .strictObject({
          type: z.enum(['RollingUpdate', 'Recreate']).default('RollingUpdate'),
          rollingUpdate: z
            .strictObject({
              maxSurge: countOrPercent.default('25%'),
              maxUnavailable: countOrPercent.default('25%'),
            })
            .prefault({}),
        })
        .prefault({}),
      // Templates of before are not kept.
      revisionHistoryLimit: ignored,
      minReadySeconds: count.default(0),
      progressDeadlineSeconds: count.default(600),
    })
    .refine(
      ({ selector, template: { metadata: pod } }) =>
        Object.entries(selector.matchLabels).every(([key, value]) => pod.labels[key] === value),
      { path: ['selector', 'matchLabels'], message: "does not match the template's labels" },
    ),
  status: ignored,
});

const port = z.int().min(1).max(65_535);

const service = z.strictObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('Service'),
  metadata,
  spec: z.strictObject({
    type: z.enum(['ClusterIP', 'NodePort', 'LoadBalancer']).default('ClusterIP'),
    selector: stringMap,
    ports: z
      .array(
        z.strictObject({
          name: z.string().optional(),
          port,
          targetPort: z.union([port, z.string()]).optional(),
          nodePort: port.optional(),
          protocol: only('TCP'),
          appProtocol: ignored,
        }),
      )
      .min(1),
    sessionAffinity: only('None'),
    internalTrafficPolicy: only('Cluster'),
    externalTrafficPolicy: only('Cluster'),
  }),
  status: ignored,
});

const configMap = z.strictObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('ConfigMap'),
  metadata,
  data: stringMap,
  binaryData: stringMap,
  immutable: ignored,
});

/** The kinds that run here, and all of their fields that are honoured. */
export const schemas = { Deployment: deployment, Service: service, ConfigMap: configMap };

export type DeploymentObject = z.output<typeof deployment>;
export type ServiceObject = z.output<typeof service>;
export type ConfigMapObject = z.output<typeof configMap>;
export type PodTemplate = z.output<typeof template>;
/** An object of a kind that runs here, with its defaults filled in. */
export type RunnableObject = DeploymentObject | ServiceObject | ConfigMapObject;
