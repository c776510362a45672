import type { PlatformObject } from '@canary/rollout';
import { driverRole, driverRoleBinding, driverServiceAccount } from './driver/access.ts';
import { GRAFANA_SECRET, GRAFANA_SECRET_KEY } from './grafana/names.ts';
import { grafanaDashboards, grafanaProvisioning } from './grafana/provisioning.ts';
import { grafanaDeployment, grafanaService } from './grafana/server.ts';
import { namespace } from './namespace.ts';
import { podMonitor } from './operator/pod-monitor.ts';
import { prometheusRule } from './operator/prometheus-rule.ts';
import { ManifestError, type Parameters } from './parameters.ts';
import {
  prometheusClusterRole,
  prometheusClusterRoleBinding,
  prometheusServiceAccount,
} from './prometheus/access.ts';
import {
  prometheusConfigMap,
  prometheusDeployment,
  prometheusService,
} from './prometheus/server.ts';
import { releaseDeployment } from './release/deployment.ts';
import { releaseService } from './release/service.ts';
import { tomcatDeployment } from './tomcat.ts';
import { trafficJob } from './traffic.ts';

/** Something that can be rendered by name. */
export interface CatalogueEntry {
  readonly summary: string;
  /** One function per object, in the order in which they are applied. */
  readonly objects: readonly ((parameters: Parameters) => PlatformObject)[];
  /** Secrets that they need, which no manifest has: whoever deploys makes up their values. */
  readonly secrets?: readonly SecretNeeded[];
}

/** A Secret with one random value. */
export interface SecretNeeded {
  readonly name: string;
  readonly key: string;
}

const v1 = (parameters: Parameters) =>
  // The image says 1.0 of itself, as in the article: nothing in the environment overrides it.
  releaseDeployment(parameters, { version: '1.0.0', replicas: 4, env: {} });
const v2 = (parameters: Parameters) =>
  releaseDeployment(parameters, { version: '2.0.0', replicas: 1, env: { VERSION: 'v2.0.0' } });

/** Everything that can be rendered, by name. */
export const catalogue = {
  namespace: { summary: 'the namespace of all that follows', objects: [namespace] },
  v1: {
    summary: 'the stable release: namespace, Service and Deployment, 4 replicas',
    objects: [namespace, releaseService, v1],
  },
  v2: { summary: 'the canary: its Deployment alone, 1 replica', objects: [v2] },
  tomcat: {
    summary: 'the counter-example: annotated for scraping, but serves no metrics',
    objects: [namespace, tomcatDeployment],
  },
  prometheus: {
    summary: 'Prometheus, which scrapes every annotated pod every 10 s',
    objects: [
      namespace,
      prometheusServiceAccount,
      prometheusClusterRole,
      prometheusClusterRoleBinding,
      prometheusConfigMap,
      prometheusDeployment,
      prometheusService,
    ],
  },
  grafana: {
    summary:
      'Grafana with the dashboards; its password is in Secret grafana-admin, which deploy makes',
    objects: [namespace, grafanaProvisioning, grafanaDashboards, grafanaDeployment, grafanaService],
    secrets: [{ name: GRAFANA_SECRET, key: GRAFANA_SECRET_KEY }],
  },
  'driver-access': {
    summary: 'what start --in-cluster needs: ServiceAccount, least Role, RoleBinding',
    objects: [driverServiceAccount, driverRole, driverRoleBinding],
  },
  podmonitor: {
    summary: "the job of prometheus for the Prometheus Operator's",
    objects: [podMonitor],
  },
  prometheusrule: {
    summary: 'the rules and alerts of prometheus for it',
    objects: [prometheusRule],
  },
  traffic: {
    summary: 'a Job that sends load through the Service',
    objects: [trafficJob],
  },
} as const satisfies Record<string, CatalogueEntry>;

/**
 * The objects of the named entries; an object that several of them need comes once.
 *
 * @throws {@link ManifestError} for a name that is not in the {@link catalogue}
 */
export function renderObjects(names: readonly string[], parameters: Parameters): PlatformObject[] {
  const objects = new Map<string, PlatformObject>();
  for (const name of names) {
    for (const render of entry(name).objects) {
      const object = render(parameters);
      objects.set(`${object.kind}/${object.metadata.name}`, object);
    }
  }
  return [...objects.values()];
}

/**
 * The Secrets that the objects of the named entries need.
 *
 * @throws {@link ManifestError} for a name that is not in the {@link catalogue}
 */
export function secretsNeeded(names: readonly string[]): readonly SecretNeeded[] {
  return names.flatMap((name) => entry(name).secrets ?? []);
}

function entry(name: string): CatalogueEntry {
  const entries: Readonly<Record<string, CatalogueEntry>> = catalogue;
  const found = Object.hasOwn(entries, name) ? entries[name] : undefined;
  if (found) return found;
  throw new ManifestError(
    `there is nothing named ${JSON.stringify(name)} to render: use ${Object.keys(catalogue).join(', ')}`,
  );
}
