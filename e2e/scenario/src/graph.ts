import * as echarts from 'echarts';
import type { QueryResult } from './world.ts';

/** Colours that people with any colour vision tell apart (Okabe and Ito). */
const COLOURS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7'];

/** The article's graph as an SVG: requests per second over minutes, a line for each release. */
export function trafficGraph(title: string, series: readonly QueryResult[]): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 900, height: 340 });
  const start = Math.min(...series.flatMap(({ samples }) => samples.map(([at]) => at)));
  chart.setOption({
    animation: false,
    color: COLOURS,
    backgroundColor: '#ffffff',
    title: { text: title, left: 16, top: 10, textStyle: { fontSize: 15, fontWeight: 600 } },
    legend: { right: 16, top: 10 },
    grid: { left: 64, right: 24, top: 56, bottom: 48 },
    xAxis: {
      type: 'value',
      min: 0,
      max: 'dataMax',
      name: 'minutes',
      nameLocation: 'middle',
      nameGap: 28,
      axisLabel: { showMaxLabel: false },
    },
    yAxis: { type: 'value', min: 0, name: 'requests/s', nameLocation: 'middle', nameGap: 40 },
    series: series.map(({ metric, samples }) => ({
      name: `release ${metric['release'] ?? ''}`,
      type: 'line',
      showSymbol: false,
      lineStyle: { width: 2.5 },
      areaStyle: { opacity: 0.12 },
      data: samples.map(([at, value]) => [(at - start) / 60, value]),
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
