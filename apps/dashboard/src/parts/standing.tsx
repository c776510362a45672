import { sentence, type StatusRollout } from '@canary/api/client';
import { standingTexts } from '../text/sentences.ts';
import { useTexts } from '../text/language.ts';

/** How each metric stands, what is in the way of a promotion, what is not judged, and what was left out. */
export function StandingList({
  rollout: { standing, judge },
}: {
  readonly rollout: Pick<StatusRollout, 'standing' | 'judge'>;
}) {
  const t = useTexts();
  const blocker = standing?.blocker;
  const rest = [...(standing ? standingTexts(standing, t) : []), ...(judge?.notes ?? [])];
  if (blocker === undefined && rest.length === 0) return null;
  return (
    <ul class="standing" tabindex={0} aria-label={t.judge.standing.title}>
      {blocker === undefined ? null : (
        <li class="blocker">{t.judge.standing.blocked(sentence(blocker))}</li>
      )}
      {rest.map((text) => (
        <li key={text}>{sentence(text)}</li>
      ))}
    </ul>
  );
}
