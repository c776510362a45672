import {
  AnnotationQueryBuilder,
  DashboardBuilder,
  DashboardCursorSync,
  QueryVariableBuilder,
  VariableRefresh,
  type Dashboard,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DATASOURCE } from '../names.ts';
import { panelOf, type PanelSpec } from './panel.ts';

/* eslint-disable @typescript-eslint/no-deprecated --
   The SDK prefers version 2 of the dashboards, which older Grafanas do not provision
   from files; all of them do version 1. */

/** One dashboard, as data. */
export interface DashboardSpec {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly panels: readonly PanelSpec[];
}

/** Picks the app that is looked at; {@link variables} has what is chosen. */
export const OF_APP = 'kubernetes_namespace="$namespace", appname="$appname"';

/** What can be chosen on each dashboard: name, and the series whose label of that kind there are. */
export const variables = [
  { name: 'namespace', label: 'kubernetes_namespace', of: 'release:http_requests:rate5m' },
  {
    name: 'appname',
    label: 'appname',
    of: 'release:http_requests:rate5m{kubernetes_namespace="$namespace"}',
  },
] as const;

/** When each stage of the rollout began; the value is the time at which Grafana draws it. */
export const stagesQuery = `canary_rollout_stage_started_timestamp_seconds{${OF_APP}} * 1000`;

/** The dashboard as Grafana's builders make it. */
export function dashboardOf({ uid, title, description, panels }: DashboardSpec): Dashboard {
  const dashboard = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags(['canary'])
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: 'now-30m', to: 'now' })
    .refresh('10s')
    .annotation(stageAnnotation());
  for (const { name, label, of } of variables) {
    const query = `label_values(${of}, ${label})`;
    dashboard.withVariable(
      new QueryVariableBuilder(name)
        .datasource(DATASOURCE)
        .query({ query, refId: `variable-${name}` })
        .definition(query)
        .refresh(VariableRefresh.OnTimeRangeChanged),
    );
  }
  for (const panel of panels) dashboard.withPanel(panelOf(panel));
  return dashboard.build();
}

function stageAnnotation(): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name('Stages of the rollout')
    .datasource(DATASOURCE)
    .enable(true)
    .iconColor('purple')
    .expr(stagesQuery)
    .useValueForTime(true)
    .titleFormat('stage {{stage}}: {{what}}');
}
