import { standardLabels } from '../labels.ts';

/** The name of everything that belongs to Prometheus. */
export const PROMETHEUS = 'prometheus';
export const PROMETHEUS_PORT = 9090;
export const CONFIG_FILE = 'prometheus.yml';
export const RULES_FILE = 'rules.yml';

/** What selects Prometheus' pods. */
export const prometheusSelector = { appname: PROMETHEUS };
export const prometheusLabels = {
  ...prometheusSelector,
  ...standardLabels(PROMETHEUS, 'monitoring'),
};
