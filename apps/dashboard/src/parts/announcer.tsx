import { usePage } from '../state/use-page.ts';
import { useTexts } from '../text/language.ts';
import { stateText, stageText } from '../text/sentences.ts';

/** Tells readers who do not see the page what has changed: the stage, the end, the connection. */
export function Announcer({ said }: { readonly said: string }) {
  const t = useTexts();
  const { view, connection } = usePage();
  const rollout = view?.status.rollout;
  const current = rollout?.plan.find(({ state }) => state === 'under way');
  const where = view ? stateText(view, t) : '';
  return (
    <div class="visually-hidden" aria-live="polite" role="status">
      <p>{[where, current ? stageText(current, t) : ''].filter(Boolean).join(': ')}</p>
      <p>{connection === 'open' ? '' : t.connection[connection]}</p>
      <p>{said}</p>
    </div>
  );
}
