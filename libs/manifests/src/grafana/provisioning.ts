import type { PlatformObject } from '@canary/rollout';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import type { Parameters } from '../parameters.ts';
import { PROMETHEUS, PROMETHEUS_PORT } from '../prometheus/names.ts';
import { validated } from '../validated.ts';
import { toYaml } from '../yaml.ts';
import { dashboards } from './dashboards/dashboards.ts';
import { DATASOURCE, GRAFANA, grafanaLabels as labels } from './names.ts';

/** Where the dashboards' files are in Grafana's pod. */
export const DASHBOARDS_FOLDER = '/var/lib/grafana-dashboards';
export const DASHBOARDS_CONFIG_MAP = `${GRAFANA}-dashboards`;
export const PROVISIONING_CONFIG_MAP = `${GRAFANA}-provisioning`;

/**
 * What Grafana is told when it starts: its Prometheus, and where its dashboards are.
 * @see https://grafana.com/docs/grafana/latest/administration/provisioning/
 */
export function provisioningFiles({ scrapeSeconds }: Pick<Parameters, 'scrapeSeconds'>) {
  const datasources = [
    {
      ...DATASOURCE,
      name: 'Prometheus',
      access: 'proxy',
      url: `http://${PROMETHEUS}:${PROMETHEUS_PORT}`,
      isDefault: true,
      editable: false,
      jsonData: { timeInterval: `${scrapeSeconds}s`, httpMethod: 'POST' },
    },
  ];
  const providers = [
    {
      name: 'canary',
      type: 'file',
      allowUiUpdates: false,
      options: { path: DASHBOARDS_FOLDER },
    },
  ];
  return {
    'datasources.yaml': toYaml([{ apiVersion: 1, datasources }]),
    'dashboards.yaml': toYaml([{ apiVersion: 1, providers }]),
  };
}

/** The dashboards as Grafana reads them. */
export function dashboardFiles(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(dashboards()).map(([file, dashboard]) => [
      file,
      JSON.stringify(dashboard, null, 2),
    ]),
  );
}

/** What Grafana is told when it starts, as the files that its pod mounts. */
export function grafanaProvisioning(parameters: Parameters): PlatformObject {
  return validated(
    new ConfigMap({
      metadata: { name: PROVISIONING_CONFIG_MAP, namespace: parameters.namespace, labels },
      data: provisioningFiles(parameters),
    }),
  );
}

/** The dashboards, as the files that its pod mounts. */
export function grafanaDashboards({ namespace }: Parameters): PlatformObject {
  return validated(
    new ConfigMap({
      metadata: { name: DASHBOARDS_CONFIG_MAP, namespace, labels },
      data: dashboardFiles(),
    }),
  );
}
