import { z } from 'zod';

const texts = z.record(z.string(), z.string());
const fields = z.looseObject({});
const quantity = z.union([z.string(), z.number()]);

const capabilities = z.looseObject({
  add: z.array(z.string()).exactOptional(),
  drop: z.array(z.string()).exactOptional(),
});

const port = z.looseObject({
  containerPort: z.number(),
  name: z.string().exactOptional(),
  hostPort: z.number().exactOptional(),
});

const container = z.looseObject({
  name: z.string(),
  image: z.string().exactOptional(),
  env: z
    .array(z.looseObject({ name: z.string(), value: z.string().exactOptional() }))
    .exactOptional(),
  ports: z.array(port).exactOptional(),
  readinessProbe: fields.exactOptional(),
  lifecycle: z.looseObject({ preStop: fields.exactOptional() }).exactOptional(),
  resources: z
    .looseObject({
      requests: z.record(z.string(), quantity).exactOptional(),
      limits: z.record(z.string(), quantity).exactOptional(),
    })
    .exactOptional(),
  /** `Always` on an init container: it runs beside the others, as a sidecar. */
  restartPolicy: z.string().exactOptional(),
  securityContext: z.looseObject({ capabilities: capabilities.exactOptional() }).exactOptional(),
});

const volume = z.looseObject({
  name: z.string(),
  persistentVolumeClaim: z.looseObject({ claimName: z.string() }).exactOptional(),
});

/** The outline of a pod template that a release reads; all else is kept as it is. */
export const podTemplateSchema = z.looseObject({
  metadata: z
    .looseObject({ labels: texts.exactOptional(), annotations: texts.exactOptional() })
    .exactOptional(),
  spec: z.looseObject({
    containers: z.array(container).min(1),
    initContainers: z.array(container).exactOptional(),
    volumes: z.array(volume).exactOptional(),
    terminationGracePeriodSeconds: z.number().exactOptional(),
    hostNetwork: z.boolean().exactOptional(),
    priorityClassName: z.string().exactOptional(),
    activeDeadlineSeconds: z.number().exactOptional(),
    affinity: fields.exactOptional(),
    securityContext: fields.exactOptional(),
  }),
});

export type PodTemplate = z.infer<typeof podTemplateSchema>;
export type Container = z.infer<typeof container>;

/** The pods' labels. */
export function labelsOf({ metadata }: PodTemplate): Readonly<Record<string, string>> {
  return metadata?.labels ?? {};
}

/** Every container of the template, those that run before the others first. */
export function allContainers({ spec }: PodTemplate): readonly Container[] {
  return [...(spec.initContainers ?? []), ...spec.containers];
}

/** The template with each of its containers changed. */
export function mapContainers(
  template: PodTemplate,
  change: (container: Container) => Container,
): PodTemplate {
  const { initContainers, containers } = template.spec;
  return {
    ...template,
    spec: {
      ...template.spec,
      ...(initContainers && { initContainers: initContainers.map(change) }),
      containers: containers.map(change),
    },
  };
}
