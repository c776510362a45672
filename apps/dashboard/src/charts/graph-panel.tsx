import { useContext, createContext } from 'hono/jsx/dom';
import type { ComponentChildren } from '../parts/children.ts';
import { useStore, usePage } from '../state/use-page.ts';
import { sidesOf } from '../state/sides.ts';
import { useTexts } from '../text/language.ts';
import { Chart, type Line } from './chart.tsx';
import type { Mark } from './marks.ts';
import { rangeOf, type Column, type Range } from './timeline.ts';

/** What all graphs of the page have in common. */
export interface GraphSettings {
  readonly range: 'rollout' | 'recent';
  readonly theme: string;
}

export const GraphContext = createContext<GraphSettings>({ range: 'rollout', theme: 'light' });

/** The columns of a graph: times in seconds since the Unix epoch, and one for each line. */
export interface Columns {
  readonly at: readonly number[];
  readonly values: readonly Column[];
}

export interface GraphPanelProps {
  readonly name: string;
  readonly title: string;
  readonly lines: readonly Line[];
  readonly columns: (range: Range) => Columns;
  readonly format: (value: number) => string;
  /** Least upper end of the axis. */
  readonly least: number;
  readonly logarithmic?: boolean;
  readonly labelled?: boolean;
  readonly children?: ComponentChildren;
}

/** A panel with a graph over the rollout, or the last minutes, and a legend with the newest values. */
export function GraphPanel(props: GraphPanelProps) {
  const { name, title, lines, format, children } = props;
  const t = useTexts();
  const store = useStore();
  const { view, connection } = usePage();
  const { range: wish, theme } = useContext(GraphContext);
  const empty = connection === 'report' ? t.notRecorded : t.none;
  const range = rangeOf(view, wish, store.now());
  const { at, values } = props.columns(range);
  const isEmpty = values.every((column) => column.every((value) => value === null));
  const newest = values.map((column) => column.at(-1));
  const shown = newest.map((value) =>
    value === undefined || value === null ? '–' : format(value),
  );
  const spoken = lines.map(({ label }, index) => t.now(label, shown[index]!)).join(', ');
  const rollout = view?.status.rollout;
  return (
    <section class={`panel ${name}`} aria-labelledby={`${name}-title`}>
      <header>
        <h2 id={`${name}-title`}>{title}</h2>
        <ul class="legend">
          {lines.map(({ label, colour, dashed, quiet }, index) =>
            quiet ? null : (
              <li key={label}>
                <span class={`line ${colour} ${dashed ? 'dashed' : ''}`} aria-hidden="true" />
                {label} <b>{shown[index]}</b>
              </li>
            ),
          )}
        </ul>
      </header>
      <Chart
        lines={lines}
        data={[[...at], ...values]}
        range={range}
        marks={rollout ? marksOf(rollout, props.labelled === true) : []}
        format={format}
        least={props.least}
        logarithmic={props.logarithmic === true}
        version={`${theme} ${lines.map(({ label }) => label).join(' ')}`}
        label={t.chart(title, spoken)}
      />
      {isEmpty ? <p class="empty muted">{empty}</p> : null}
      {children}
    </section>
  );
}

/** The lines of both releases. */
export function useSideLines(): readonly [Line, Line] {
  const t = useTexts();
  const sides = sidesOf(usePage().view);
  return [
    { label: sides.stable ?? t.stable, colour: 'stable' },
    { label: sides.canary ?? t.canary, colour: 'canary' },
  ];
}

function marksOf(
  {
    plan,
    endedAt,
  }: NonNullable<NonNullable<ReturnType<typeof usePage>['view']>['status']['rollout']>,
  labelled: boolean,
): Mark[] {
  const stages = plan.flatMap(({ startedAt, split }, index) => {
    if (startedAt === undefined) return [];
    const before = plan[index - 1]?.split;
    const isSplit = before?.stable !== split.stable || before.canary !== split.canary;
    const label = labelled ? `${split.stable}+${split.canary}` : '';
    return isSplit ? [{ at: startedAt / 1000, label }] : [];
  });
  return endedAt === undefined ? stages : [...stages, { at: endedAt / 1000, label: '' }];
}
