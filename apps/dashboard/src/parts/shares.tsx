import { usePage } from '../state/use-page.ts';
import { percent } from '../text/format.ts';
import { useTexts } from '../text/language.ts';

interface Row {
  readonly name: 'target' | 'replicas' | 'observed';
  readonly share: number | undefined;
  readonly text: string;
  readonly interval?: readonly [number, number];
}

/** What was asked for, what the replicas allow, and what the requests show, with its interval. */
export function SharesPanel() {
  const t = useTexts();
  const rollout = usePage().view?.status.rollout;
  const { targetShare, replicaShare, observedShare } = rollout ?? {};
  const allowed = replicaShare && replicaShare.numerator / replicaShare.denominator;
  const rows: readonly Row[] = [
    {
      name: 'target',
      share: targetShare,
      text: targetShare === undefined ? '–' : percent(targetShare),
    },
    {
      name: 'replicas',
      share: allowed,
      text: replicaShare
        ? `${replicaShare.numerator}/${replicaShare.denominator} = ${percent(allowed!)}`
        : '–',
    },
    {
      name: 'observed',
      share: observedShare?.share,
      text: observedShare ? percent(observedShare.share) : '–',
      ...(observedShare ? { interval: [observedShare.low, observedShare.high] } : {}),
    },
  ];
  return (
    <section class="panel shares" aria-labelledby="shares-title">
      <header>
        <h2 id="shares-title">{t.panels.shares}</h2>
        {rollout ? (
          <span class="muted" data-figure="observation">
            {t.observation(rollout.observation.number)}
          </span>
        ) : null}
      </header>
      <dl>
        {rows.map((row) => (
          <div class="share" key={row.name}>
            <dt>{t.shares[row.name]}</dt>
            <dd>
              <Bar {...row} target={targetShare} />
              <b data-figure={row.name}>{row.text}</b>
            </dd>
          </div>
        ))}
      </dl>
      <p class="muted" data-figure="interval">
        {observedShare
          ? `[${percent(observedShare.low)} – ${percent(observedShare.high)}, 95 %] · ${t.requestsOf(observedShare.canary, observedShare.requests)}`
          : t.sharesNone}
      </p>
    </section>
  );
}

function Bar({ name, share, interval, target }: Row & { readonly target: number | undefined }) {
  return (
    <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" x="0" y="2" width="100" height="6" rx="0.6" />
      {share === undefined ? null : (
        <rect class={`value ${name}`} x="0" y="2" width={100 * share} height="6" rx="0.6" />
      )}
      {interval ? (
        <path
          class="whisker"
          d={`M${100 * interval[0]} 0.5V9.5M${100 * interval[1]} 0.5V9.5M${100 * interval[0]} 5H${100 * interval[1]}`}
        />
      ) : null}
      {target === undefined ? null : <path class="goal" d={`M${100 * target} 0V10`} />}
    </svg>
  );
}
