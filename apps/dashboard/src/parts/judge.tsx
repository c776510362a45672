import type { StageView } from '@canary/api/client';
import { GraphPanel } from '../charts/graph-panel.tsx';
import type { Column } from '../charts/timeline.ts';
import { usePage } from '../state/use-page.ts';
import { short } from '../text/format.ts';
import { useTexts } from '../text/language.ts';
import type { ComponentChildren } from './children.ts';
import { StandingList } from './standing.tsx';

const METRICS = ['errors', 'latency', 'restarts'] as const;
/** Evidence beyond this is drawn as this. */
const MOST_EVIDENCE = 1e12;

/** What the judge weighs: its evidence against what is needed; without a judge the share at each look. */
export function JudgePanel() {
  const t = useTexts();
  const { view } = usePage();
  const judge = view?.status.rollout?.judge;
  const weighs = view?.series?.figures['E'] !== undefined;
  return weighs ? (
    <EvidenceGraph />
  ) : (
    <LooksGraph>
      <p class="verdict">
        {judge?.reason ?? (view?.series?.at.length ? t.judge.none : t.judge.noLook)}
      </p>
      {view?.status.rollout ? <StandingList rollout={view.status.rollout} /> : null}
    </LooksGraph>
  );
}

function EvidenceGraph() {
  const t = useTexts();
  const { view } = usePage();
  const { at = [], figures = {} } = view?.series ?? {};
  const rollout = view?.status.rollout;
  const judge = rollout?.judge;
  // What it has counted so far is said below, metric by metric.
  const isSaid = rollout?.standing !== undefined && judge?.verdict === 'undecided';
  const evidence = judge?.evidence ?? {};
  const needed = evidence['E needed'] ?? 100;
  const curve: Column = (figures['E'] ?? []).map((value) =>
    value === null ? null : Math.log10(Math.min(MOST_EVIDENCE, Math.max(0.01, value))),
  );
  return (
    <GraphPanel
      name="judge"
      title={t.panels.judge}
      lines={[
        { label: t.judge.evidence, colour: 'text' },
        { label: t.judge.needed, colour: 'threshold', dashed: true },
      ]}
      least={Math.log10(needed * 3)}
      logarithmic
      format={(power) => short(10 ** power)}
      columns={() => ({
        at: at.map((time) => time / 1000),
        values: [curve, curve.map(() => Math.log10(needed))],
      })}
    >
      {judge ? (
        <p class="verdict">
          <b class={`pill ${judge.verdict.replace(' ', '-')}`}>{t.judge.verdicts[judge.verdict]}</b>{' '}
          <span class="metric">
            {METRICS.filter((metric) => evidence[`E ${metric}`] !== undefined)
              .map((metric) => `${t.judge.metrics[metric]} ${short(evidence[`E ${metric}`]!)}`)
              .join(', ')}
          </span>{' '}
          {isSaid ? null : judge.reason}
        </p>
      ) : null}
      {rollout ? <StandingList rollout={rollout} /> : null}
    </GraphPanel>
  );
}

/** What the split of the stage that ran at a time allows the canary. */
function allowedAt(plan: readonly StageView[], at: number): number | null {
  const stage = plan.findLast(({ startedAt = Infinity }) => startedAt < at);
  return stage ? stage.split.canary / (stage.split.stable + stage.split.canary) : null;
}

function LooksGraph({ children }: { readonly children?: ComponentChildren }) {
  const t = useTexts();
  const { view } = usePage();
  const { at = [], figures = {} } = view?.series ?? {};
  const share = figures['observed share'] ?? [];
  const plan = view?.status.rollout?.plan ?? [];
  return (
    <GraphPanel
      name="judge"
      title={t.panels.looks}
      lines={[
        { label: t.shares.observed, colour: 'canary' },
        { label: t.shares.replicas, colour: 'threshold', dashed: true },
      ]}
      least={0.25}
      format={(value) => `${short(100 * value)} %`}
      columns={() => ({
        at: at.map((time) => time / 1000),
        values: [[...share], at.map((time) => allowedAt(plan, time))],
      })}
    >
      {children}
    </GraphPanel>
  );
}
