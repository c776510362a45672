import { useEffect, useRef } from 'hono/jsx/dom';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useOwned } from '../state/use-owned.ts';
import { colours, type Colour } from './colours.ts';
import { drawMarks, type Mark } from './marks.ts';

/** One line of a graph. */
export interface Line {
  readonly label: string;
  readonly colour: Colour;
  readonly dashed?: boolean;
  readonly filled?: boolean;
  readonly width?: number;
  /** Left out of the legend. */
  readonly quiet?: boolean;
}

export interface ChartProps {
  readonly lines: readonly Line[];
  /** A column of times in seconds since the Unix epoch, and one for each line. */
  readonly data: uPlot.AlignedData;
  /** From when to when, in milliseconds since the Unix epoch. */
  readonly range: { readonly from: number; readonly to: number };
  readonly marks: readonly Mark[];
  /** A value on the axis. */
  readonly format: (value: number) => string;
  /** Least upper end of the axis. */
  readonly least: number;
  /** The values are powers of ten. */
  readonly logarithmic?: boolean;
  /** Colours, or lines, are others: it is made anew. */
  readonly version: string;
  /** What a reader who sees no graph is told. */
  readonly label: string;
}

/** A graph over time. Its canvas is made once, and drawn anew whenever it is rendered. */
export function Chart(props: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const latest = useRef(props);
  latest.current = props;
  useOwned(() => {
    const host = place.current!;
    const options = optionsOf(props, host, () => latest.current.marks);
    const made = new uPlot(options, [[], ...props.lines.map(() => [])], host);
    plot.current = made;
    show(made, latest.current);
    const resizing = new ResizeObserver(() => {
      made.setSize({ width: host.clientWidth, height: host.clientHeight });
    });
    resizing.observe(host);
    return () => {
      plot.current = null;
      resizing.disconnect();
      made.destroy();
    };
  }, [props.version]);
  useEffect(() => {
    if (plot.current) show(plot.current, props);
  });
  return <div class="chart" ref={place} role="img" aria-label={props.label} />;
}

function show(plot: uPlot, { data, range }: ChartProps): void {
  plot.batch(() => {
    plot.setData(data, false);
    plot.setScale('x', { min: range.from / 1000, max: range.to / 1000 });
  });
}

function optionsOf(
  { lines, least, format, logarithmic = false }: ChartProps,
  host: HTMLElement,
  marks: () => readonly Mark[],
): uPlot.Options {
  const palette = colours();
  const axis = {
    stroke: palette.muted,
    font: '11px system-ui, sans-serif',
    ticks: { show: false },
    grid: { stroke: palette.grid, width: 1 },
  };
  return {
    width: Math.max(50, host.clientWidth),
    height: Math.max(40, host.clientHeight),
    padding: [6, 18, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: true },
      y: logarithmic
        ? { range: (_, low, high) => [Math.min(-1, low), Math.max(least, high + 0.3)] }
        : { range: (_, __, high) => [0, Math.max(least, high * 1.15)] },
    },
    axes: [
      { ...axis, size: 20, gap: 4, space: 72, values: (_, splits) => splits.map(clock) },
      {
        ...axis,
        size: 44,
        gap: 4,
        space: 24,
        values: (_, splits: (number | null)[]) =>
          splits.map((value) => (value === null ? '' : format(value))),
        ...(logarithmic ? { splits: (_, __, low, high) => wholeNumbers(low, high) } : {}),
      },
    ],
    series: [
      {},
      ...lines.map(({ label, colour, dashed = false, filled = false, width = 2 }) => ({
        label,
        width,
        stroke: palette[colour],
        ...(dashed ? { dash: [5, 4] } : {}),
        ...(filled ? { fill: `${palette[colour]}26` } : {}),
        points: { show: false },
      })),
    ],
    hooks: {
      draw: [
        (plot) => {
          drawMarks(plot, marks(), palette);
        },
      ],
    },
  };
}

function clock(seconds: number): string {
  return new Date(seconds * 1000).toLocaleTimeString([], { hour12: false });
}

/** At most seven of them. */
function wholeNumbers(low: number, high: number): number[] {
  const [from, to] = [Math.ceil(low), Math.floor(high)];
  const stride = Math.ceil((to - from + 1) / 7);
  const count = Math.floor((to - from) / stride) + 1;
  return Array.from({ length: count }, (_, index) => from + index * stride);
}
