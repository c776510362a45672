/** Labels that name an app in Prometheus: its namespace, and the pods' own label `appname`. */
export const APP = 'kubernetes_namespace, appname';
/** Labels that name a release of it. */
export const RELEASE = `${APP}, release`;

/** Computes a series ahead, so that dashboards and alerts read it under a name. */
export interface RecordingRule {
  /** `level:metric:operations`, see https://prometheus.io/docs/practices/rules/ */
  readonly record: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Tells somebody. */
export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  /** How long it has to be so before anybody is told. */
  readonly for: string;
  readonly labels: { readonly severity: 'info' | 'warning' | 'critical' };
  readonly annotations: {
    /** One line, for a list. */
    readonly summary: string;
    /** What it means and what follows, with the figures. */
    readonly description: string;
    /** The section of docs/runbooks.md that says what to do. */
    readonly runbook: string;
  };
}

export type Rule = RecordingRule | AlertingRule;

/** Where the runbook of an alert is. */
export function runbook(alert: string): string {
  return `docs/runbooks.md#${alert.toLowerCase()}`;
}
