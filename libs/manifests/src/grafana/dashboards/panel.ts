import * as common from '@grafana/grafana-foundation-sdk/common';
import type { PanelBuilder as Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as GraphBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { DATASOURCE } from '../names.ts';

/** One query of a panel. */
export interface PanelQuery {
  readonly expr: string;
  /** What its series are called; labels in double braces. */
  readonly legend: string;
}

/** One panel, as data. */
export interface PanelSpec {
  readonly title: string;
  /** What a reader has to know to read it. */
  readonly description: string;
  /** `graph` over time, or the newest value in large letters. */
  readonly kind: 'graph' | 'stat';
  /** A unit of Grafana, such as `reqps`, `percentunit` or `s`. */
  readonly unit: string;
  /** Columns of 24. */
  readonly width: number;
  /** Evidence grows by orders of magnitude. */
  readonly scale?: 'log';
  readonly queries: readonly PanelQuery[];
}

const HEIGHT = { graph: 8, stat: 4 } as const;
const REF_IDS = 'ABCDEFGH';

/** The panel as Grafana's builders make it. */
export function panelOf(spec: PanelSpec): { build(): ReturnType<Panel['build']> } {
  const { title, description, unit, width, kind, queries } = spec;
  const panel = kind === 'graph' ? graph(spec) : new StatBuilder();
  panel.title(title).description(description).datasource(DATASOURCE).unit(unit);
  panel.span(width).height(HEIGHT[kind]);
  for (const [index, { expr, legend }] of queries.entries()) {
    const query = new DataqueryBuilder().expr(expr).legendFormat(legend).datasource(DATASOURCE);
    panel.withTarget(query.refId(REF_IDS.charAt(index)).range());
  }
  return panel;
}

function graph({ scale }: PanelSpec): GraphBuilder {
  const legend = new common.VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(common.LegendDisplayMode.List)
    .placement(common.LegendPlacement.Bottom);
  const tooltip = new common.VizTooltipOptionsBuilder().mode(common.TooltipDisplayMode.Multi);
  const panel = new GraphBuilder().legend(legend).tooltip(tooltip).lineWidth(2).fillOpacity(8);
  if (scale !== 'log') return panel.min(0);
  const log10 = new common.ScaleDistributionConfigBuilder().type(common.ScaleDistribution.Log);
  return panel.scaleDistribution(log10.log(10)).fillOpacity(0);
}
