import {
  figures,
  joined,
  recordedRates,
  recordedShares,
  sampled,
  samplesFrom,
} from '../charts/timeline.ts';
import { GraphPanel, useSideLines } from '../charts/graph-panel.tsx';
import { sidesOf } from '../state/sides.ts';
import { usePage, useStore } from '../state/use-page.ts';
import { milliseconds, short } from '../text/format.ts';
import { useTexts } from '../text/language.ts';

/** The article's graph: requests per second of both releases. */
export function TrafficGraph() {
  const t = useTexts();
  const { ring } = useStore();
  const { view } = usePage();
  const sides = sidesOf(view);
  const [stable, canary] = useSideLines();
  return (
    <GraphPanel
      name="traffic"
      title={t.panels.traffic}
      labelled
      lines={[
        { ...stable, filled: true },
        { ...canary, filled: true },
      ]}
      least={5}
      format={(value) => (value < 10 ? short(value) : value.toFixed(0))}
      columns={(range) => {
        const recorded = recordedRates(view?.series, sides, samplesFrom(ring));
        const { at, ...both } = joined(recorded, sampled(ring, sides, range, figures.rate));
        return { at, values: [both.stable, both.canary] };
      }}
    />
  );
}

/** The share of failed requests of both releases. */
export function ErrorGraph() {
  const t = useTexts();
  const { ring } = useStore();
  const { view } = usePage();
  const sides = sidesOf(view);
  return (
    <GraphPanel
      name="errors"
      title={t.panels.errors}
      lines={useSideLines()}
      least={1}
      format={(value) => `${Number(value.toFixed(1))} %`}
      columns={(range) => {
        const recorded = recordedShares(view?.series, 'errors', samplesFrom(ring));
        const { at, ...both } = joined(recorded, sampled(ring, sides, range, figures.errors));
        return { at, values: [both.stable, both.canary] };
      }}
    />
  );
}

/** Response times of both releases; where none were sampled, the share of slow requests. */
export function LatencyGraph() {
  const t = useTexts();
  const { ring } = useStore();
  const { view } = usePage();
  const sides = sidesOf(view);
  const [stable, canary] = useSideLines();
  const endedAt = view?.status.rollout?.endedAt ?? Infinity;
  const isRecorded = view?.series?.figures['canary latency of'] !== undefined;
  if (isRecorded && samplesFrom(ring) > endedAt) {
    return (
      <GraphPanel
        name="latency"
        title={t.panels.slow}
        lines={[stable, canary]}
        least={1}
        format={(value) => `${short(value)} %`}
        columns={() => {
          const { at, ...both } = recordedShares(view.series, 'latency', Infinity);
          return { at, values: [both.stable, both.canary] };
        }}
      />
    );
  }
  return (
    <GraphPanel
      name="latency"
      title={t.panels.latency}
      lines={[
        stable,
        canary,
        { ...stable, label: `${stable.label} p50`, dashed: true, width: 1, quiet: true },
        { ...canary, label: `${canary.label} p50`, dashed: true, width: 1, quiet: true },
      ]}
      least={20}
      format={milliseconds}
      columns={(range) => {
        const [slow, usual] = [figures.p95, figures.p50].map((figure) =>
          sampled(ring, sides, range, figure),
        ) as [ReturnType<typeof sampled>, ReturnType<typeof sampled>];
        return { at: slow.at, values: [slow.stable, slow.canary, usual.stable, usual.canary] };
      }}
    />
  );
}
