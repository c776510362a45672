import { z } from 'zod';
import { ignored, only } from './honoured.ts';

export const stringMap = z.record(z.string(), z.string()).default({});

const seconds = z.int().min(0);
const port = z.int().min(1).max(65_535);
const portOrName = z.union([port, z.string().min(1)]);

const probe = z
  .strictObject({
    httpGet: z
      .strictObject({
        path: z.string().default('/'),
        port: portOrName,
        scheme: z.enum(['HTTP', 'HTTPS']).default('HTTP'),
        httpHeaders: z.array(z.strictObject({ name: z.string(), value: z.string() })).default([]),
      })
      .optional(),
    tcpSocket: z.strictObject({ port: portOrName }).optional(),
    initialDelaySeconds: seconds.default(0),
    periodSeconds: seconds.min(1).default(10),
    timeoutSeconds: seconds.min(1).default(1),
    successThreshold: z.int().min(1).default(1),
    failureThreshold: z.int().min(1).default(3),
  })
  .optional();

/** The fields that a variable can be taken from; see `fieldValue`. */
export const FIELD_PATH =
  /^(metadata\.(name|namespace|uid)|metadata\.(labels|annotations)\['([^']+)'\]|spec\.nodeName|status\.(podIP|hostIP))$/;

const envVariable = z.strictObject({
  name: z.string().min(1),
  value: z.string().optional(),
  valueFrom: z
    .strictObject({
      fieldRef: z
        .strictObject({ fieldPath: z.string().regex(FIELD_PATH), apiVersion: ignored })
        .optional(),
      configMapKeyRef: z
        .strictObject({ name: z.string(), key: z.string(), optional: z.boolean().default(false) })
        .optional(),
    })
    .optional(),
});

const envSource = z.strictObject({
  prefix: z.string().default(''),
  configMapRef: z
    .strictObject({ name: z.string(), optional: z.boolean().default(false) })
    .optional(),
});

/** A container, as far as it is honoured. */
export const containerSchema = z.strictObject({
  name: z.string().min(1),
  image: z.string().min(1),
  command: z.array(z.string()).default([]),
  args: z.array(z.string()).default([]),
  env: z.array(envVariable).default([]),
  envFrom: z.array(envSource).default([]),
  ports: z
    .array(
      z.strictObject({
        name: z.string().optional(),
        containerPort: port,
        protocol: only('TCP'),
      }),
    )
    .default([]),
  startupProbe: probe,
  readinessProbe: probe,
  livenessProbe: probe,
  lifecycle: z
    .strictObject({
      preStop: z.strictObject({ sleep: z.strictObject({ seconds }).optional() }).optional(),
    })
    .optional(),
  volumeMounts: z
    .array(
      z.strictObject({
        name: z.string(),
        mountPath: z.string().min(1),
        subPath: z.string().optional(),
        readOnly: ignored,
      }),
    )
    .default([]),
  imagePullPolicy: ignored,
  terminationMessagePath: ignored,
  terminationMessagePolicy: ignored,
});

/** A volume, as far as it is honoured. */
export const volumeSchema = z.strictObject({
  name: z.string().min(1),
  configMap: z
    .strictObject({
      name: z.string(),
      optional: z.boolean().default(false),
      items: z.array(z.strictObject({ key: z.string(), path: z.string() })).optional(),
      defaultMode: ignored,
    })
    .optional(),
  emptyDir: z.strictObject({}).optional(),
});

export type ContainerSpec = z.output<typeof containerSchema>;
export type VolumeSpec = z.output<typeof volumeSchema>;
export type ProbeSpec = NonNullable<z.output<typeof probe>>;
