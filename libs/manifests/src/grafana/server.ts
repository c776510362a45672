import type { PlatformObject } from '@canary/rollout';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { configHash, ownServerService } from '../own-server.ts';
import type { Parameters } from '../parameters.ts';
import { restrictedContainer, restrictedPod } from '../security.ts';
import { validated } from '../validated.ts';
import {
  GRAFANA,
  GRAFANA_PORT,
  GRAFANA_SECRET,
  GRAFANA_SECRET_KEY,
  GRAFANA_USER,
  grafanaLabels as labels,
  grafanaSelector,
} from './names.ts';
import {
  dashboardFiles,
  DASHBOARDS_CONFIG_MAP,
  DASHBOARDS_FOLDER,
  PROVISIONING_CONFIG_MAP,
  provisioningFiles,
} from './provisioning.ts';

/** The user of Grafana's image. */
const GRAFANA_UID = 472;

/** Settings by environment, see https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/ */
const SETTINGS = {
  GF_SECURITY_ADMIN_USER: GRAFANA_USER,
  GF_LOG_MODE: 'console',
  // It asks nobody on the Internet for anything.
  GF_ANALYTICS_REPORTING_ENABLED: 'false',
  GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
  GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
  GF_PLUGINS_PREINSTALL_DISABLED: 'true',
  GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: `${DASHBOARDS_FOLDER}/release.json`,
} as const;

/** One Grafana, which keeps nothing: what it shows comes from its ConfigMaps and Prometheus. */
export function grafanaDeployment(parameters: Parameters): PlatformObject {
  const { namespace, images } = parameters;
  return validated(
    new Deployment({
      metadata: { name: GRAFANA, namespace, labels },
      spec: {
        replicas: 1,
        selector: { matchLabels: grafanaSelector },
        strategy: { type: 'Recreate' },
        template: {
          metadata: {
            labels,
            annotations: configHash([provisioningFiles(parameters), dashboardFiles()]),
          },
          spec: {
            automountServiceAccountToken: false,
            securityContext: restrictedPod(GRAFANA_UID),
            containers: [
              {
                name: GRAFANA,
                image: images.grafana,
                imagePullPolicy: 'IfNotPresent',
                env: [
                  ...Object.entries(SETTINGS).map(([name, value]) => ({ name, value })),
                  {
                    name: 'GF_SECURITY_ADMIN_PASSWORD',
                    valueFrom: { secretKeyRef: { name: GRAFANA_SECRET, key: GRAFANA_SECRET_KEY } },
                  },
                ],
                ports: [{ name: 'http', containerPort: GRAFANA_PORT, protocol: 'TCP' }],
                resources: {
                  requests: { cpu: '100m', memory: '128Mi' },
                  limits: { cpu: '1', memory: '512Mi' },
                },
                securityContext: restrictedContainer,
                startupProbe: {
                  httpGet: { path: '/api/health', port: 'http' },
                  periodSeconds: 2,
                  failureThreshold: 60,
                },
                readinessProbe: {
                  httpGet: { path: '/api/health', port: 'http' },
                  periodSeconds: 2,
                },
                // Not ready for a while is no reason to begin anew.
                livenessProbe: {
                  httpGet: { path: '/api/health', port: 'http' },
                  periodSeconds: 10,
                  failureThreshold: 6,
                },
                volumeMounts: [
                  ...['datasources', 'dashboards'].map((part) => ({
                    name: 'provisioning',
                    mountPath: `/etc/grafana/provisioning/${part}/canary.yaml`,
                    subPath: `${part}.yaml`,
                    readOnly: true,
                  })),
                  { name: 'dashboards', mountPath: DASHBOARDS_FOLDER, readOnly: true },
                  { name: 'data', mountPath: '/var/lib/grafana' },
                  { name: 'temp', mountPath: '/tmp' },
                ],
              },
            ],
            volumes: [
              { name: 'provisioning', configMap: { name: PROVISIONING_CONFIG_MAP } },
              { name: 'dashboards', configMap: { name: DASHBOARDS_CONFIG_MAP } },
              { name: 'data', emptyDir: {} },
              { name: 'temp', emptyDir: {} },
            ],
          },
        },
      },
    }),
  );
}

/** Where Grafana is reached. */
export function grafanaService({ namespace }: Parameters): PlatformObject {
  return ownServerService({
    name: GRAFANA,
    namespace,
    labels,
    selector: grafanaSelector,
    port: GRAFANA_PORT,
  });
}
