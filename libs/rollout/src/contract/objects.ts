import type { PlatformObject } from '../index.ts';

/** What tests vary in a Deployment; all else is as in the article. */
export interface DeploymentFixture {
  readonly name: string;
  readonly namespace?: string;
  readonly appname?: string;
  readonly release?: string;
  readonly replicas?: number;
  readonly image?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Merged into the container. */
  readonly container?: Readonly<Record<string, unknown>>;
  /** Merged into the pod's spec. */
  readonly pod?: Readonly<Record<string, unknown>>;
  /** Merged into the Deployment's spec. */
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The port that the fixtures' container listens on. */
export const PORT = 5555;

const healthy = { path: '/healthy', port: PORT };
/** A probe that looks every second; patient, so that a busy machine fails no test. */
export const quickly = { periodSeconds: 1, timeoutSeconds: 40 };

/** A Deployment like the article's, with quick probes. */
export function deployment(fixture: DeploymentFixture): PlatformObject {
  const { name, namespace = 'default', appname = 'myapp', release = '1.0.0' } = fixture;
  const labels = { appname, release };
  const container = {
    name: appname,
    image: fixture.image ?? 'myapp:v1.0',
    env: Object.entries(fixture.env ?? {}).map(([key, value]) => ({ name: key, value })),
    ports: [{ containerPort: PORT }],
    readinessProbe: { httpGet: healthy, ...quickly },
    ...fixture.container,
  };
  const annotations = {
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': String(PORT),
    ...fixture.annotations,
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      replicas: fixture.replicas ?? 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels, annotations },
        spec: { terminationGracePeriodSeconds: 30, containers: [container], ...fixture.pod },
      },
      ...fixture.spec,
    },
  };
}

/** The article's Service, every pod of the app whatever its release; `port` is merged into its port. */
export function service(
  name = 'myapp-svc',
  port: Readonly<Record<string, unknown>> = {},
): PlatformObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'default' },
    spec: { selector: { appname: 'myapp' }, ports: [{ port: PORT, ...port }] },
  };
}

/** A ConfigMap of text files. */
export function configMap(name: string, data: Readonly<Record<string, string>>): PlatformObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, data };
}
