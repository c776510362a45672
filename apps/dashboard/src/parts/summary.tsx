import { durationText, sentence } from '@canary/api/client';
import { usePage } from '../state/use-page.ts';
import { timeOfDay } from '../text/format.ts';
import { useTexts } from '../text/language.ts';

/** How a release ended, and why: what stands in a report where the live page has its dots. */
export function SummaryPanel() {
  const t = useTexts();
  const { view } = usePage();
  const { rollout } = view?.status ?? {};
  if (!rollout) return null;
  const { startedAt, endedAt, outcome, reason, judge } = rollout;
  const took = endedAt === undefined ? '' : ` · ${durationText(endedAt - startedAt)}`;
  const judged = judge && judge.reason !== reason ? sentence(judge.reason) : '';
  return (
    <section class="panel dots summary" aria-labelledby="summary-title">
      <header>
        <h2 id="summary-title">{outcome === undefined ? t.underWay : t.outcomes[outcome]}</h2>
        <span class="muted">
          {new Date(startedAt).toLocaleDateString()} {timeOfDay(startedAt)}
          {took}
        </span>
      </header>
      <div class="scroll" tabindex={0} role="group" aria-labelledby="summary-title">
        <p>{sentence(reason)}</p>
        {judged === '' ? null : <p class="muted">{judged}</p>}
      </div>
    </section>
  );
}
