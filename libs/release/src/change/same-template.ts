import { canonical } from '../objects/canonical.ts';
import { imageOf } from '../objects/image.ts';
import type { PodTemplate } from '../objects/pod-template.ts';
import { quantity } from '../objects/quantity.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Whether both templates make the same pods: what the API server fills in, and how it writes a
 * quantity, is no difference. A file says nothing of most defaults, and the cluster all of them.
 */
export function isSameTemplate(a: PodTemplate, b: PodTemplate): boolean {
  return canonical(withDefaults(a)) === canonical(withDefaults(b));
}

/** @see https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/v1/defaults.go */
const POD: Fields = {
  restartPolicy: 'Always',
  dnsPolicy: 'ClusterFirst',
  schedulerName: 'default-scheduler',
  securityContext: {},
  terminationGracePeriodSeconds: 30,
};
const CONTAINER: Fields = {
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  resources: {},
};
const PROBE: Fields = {
  timeoutSeconds: 1,
  periodSeconds: 10,
  successThreshold: 1,
  failureThreshold: 3,
};
const HTTP_GET: Fields = { path: '/', scheme: 'HTTP' };
/** By the field that holds them; lists and objects alike. */
const WITHIN: Readonly<Record<string, Fields>> = {
  ports: { protocol: 'TCP' },
  livenessProbe: PROBE,
  readinessProbe: PROBE,
  startupProbe: PROBE,
  httpGet: HTTP_GET,
  grpc: { service: '' },
  fieldRef: { apiVersion: 'v1' },
  resourceFieldRef: { divisor: '0' },
  secret: { defaultMode: 0o644 },
  configMap: { defaultMode: 0o644 },
  downwardAPI: { defaultMode: 0o644 },
  projected: { defaultMode: 0o644 },
  serviceAccountToken: { expirationSeconds: 3600 },
  hostPath: { type: '' },
};

function withDefaults({ metadata = {}, spec }: PodTemplate): unknown {
  const { serviceAccount, ...pod } = spec as Fields;
  const { labels = {}, annotations = {} } = metadata;
  return {
    metadata: { labels, annotations },
    spec: filled({
      ...POD,
      ...(serviceAccount === undefined ? {} : { serviceAccountName: serviceAccount }),
      ...pod,
      initContainers: spec.initContainers?.map(container),
      containers: spec.containers.map(container),
    }),
  };
}

function container(one: Fields): Fields {
  const { tag, digest } = imageOf(String(one['image'])) ?? {};
  const isMoving = tag === 'latest' || (tag === undefined && digest === undefined);
  return { ...CONTAINER, imagePullPolicy: isMoving ? 'Always' : 'IfNotPresent', ...one };
}

/** With the defaults of everything within; empty lists and values are as those not there. */
function filled(value: unknown, field?: string): unknown {
  if (Array.isArray(value)) return value.map((one) => filled(one, field));
  if (typeof value !== 'object' || value === null) return value;
  const defaults = field === undefined ? {} : (WITHIN[field] ?? {});
  const entries = Object.entries({ ...defaults, ...value })
    .filter(([key, one]) => one !== undefined && !isNothing(key, one))
    .map(([key, one]): [string, unknown] => [
      key,
      field === 'requests' || field === 'limits' ? amount(one) : filled(one, key),
    ]);
  return Object.fromEntries(entries);
}

function isNothing(key: string, value: unknown): boolean {
  return (Array.isArray(value) && value.length === 0) || (key === 'value' && value === '');
}

function amount(value: unknown): unknown {
  return typeof value === 'string' || typeof value === 'number'
    ? (quantity(value) ?? value)
    : value;
}
