import { standardLabels } from '../labels.ts';

/** The name of everything that belongs to Grafana. */
export const GRAFANA = 'grafana';
export const GRAFANA_PORT = 3000;
/** The Secret that has to be there before Grafana starts; no manifest has what is in it. */
export const GRAFANA_SECRET = 'grafana-admin';
/** Its one key. */
export const GRAFANA_SECRET_KEY = 'password';
/** Who logs in with it. */
export const GRAFANA_USER = 'admin';

/** How dashboards name the Prometheus that Grafana is provisioned with. */
export const DATASOURCE = { type: 'prometheus', uid: 'prometheus' } as const;

/** What selects Grafana's pods. */
export const grafanaSelector = { appname: GRAFANA };
export const grafanaLabels = { ...grafanaSelector, ...standardLabels(GRAFANA, 'monitoring') };
