import { actionNames, sentence, type ActionName } from '@canary/api/client';
import { usePage } from '../state/use-page.ts';
import { useTexts } from '../text/language.ts';
import { stateText } from '../text/sentences.ts';

export interface HeaderProps {
  readonly onAct: (action: ActionName) => void;
  readonly onHelp: () => void;
  readonly onTheme: () => void;
  readonly onLanguage: () => void;
  readonly onRange: () => void;
  readonly range: 'rollout' | 'recent';
}

const KEYS: Readonly<Record<ActionName, string>> = {
  promote: 'p',
  pause: 's',
  resume: 'r',
  abort: 'a',
};

/** What is released, where it is, and what can be done. */
export function Header(props: HeaderProps) {
  const t = useTexts();
  const { view, connection } = usePage();
  const rollout = view?.status.rollout;
  const outcome = rollout?.outcome ?? (rollout?.turnedBack ? 'back' : 'under way');
  return (
    <header class="top">
      <h1>
        {view?.status.app ?? 'canary'}
        {rollout ? (
          <>
            {' '}
            <span class="release stable">{rollout.from}</span>
            <span aria-hidden="true"> → </span>
            <span class="release canary">{rollout.to}</span>
          </>
        ) : null}
      </h1>
      {view ? (
        <span class={`pill state ${outcome.replace(' ', '-')}`} data-figure="state">
          {stateText(view, t)}
        </span>
      ) : null}
      <p class="now" title={rollout?.reason ?? ''}>
        {sentence(rollout?.reason ?? '')}
      </p>
      <span class={`connection ${connection}`}>{t.connection[connection]}</span>
      <nav aria-label={t.helpTitle}>
        {connection === 'report' || !view ? null : <Actions onAct={props.onAct} />}
        <button type="button" onClick={props.onRange} aria-keyshortcuts="g" class="quiet wide">
          {t.range[props.range]}
        </button>
        <button type="button" onClick={props.onLanguage} aria-keyshortcuts="l" class="quiet">
          {t.switchLanguage}
        </button>
        <button
          type="button"
          onClick={props.onTheme}
          aria-keyshortcuts="t"
          aria-label={t.switchTheme}
          class="quiet"
        >
          ◐
        </button>
        <button
          type="button"
          onClick={props.onHelp}
          aria-keyshortcuts="?"
          aria-label={t.help}
          class="quiet"
        >
          ?
        </button>
      </nav>
    </header>
  );
}

function Actions({ onAct }: Pick<HeaderProps, 'onAct'>) {
  const t = useTexts();
  const { view } = usePage();
  if (view?.readOnly) return <span class="muted">{t.readOnly}</span>;
  const offers = view?.offers ?? [];
  const shown = actionNames.filter(
    (action) =>
      offers.includes(action) ||
      (action !== 'resume' && !(action === 'pause' && offers.includes('resume'))),
  );
  return (
    <>
      {shown.map((action) => (
        <button
          type="button"
          key={action}
          class={`action ${action}`}
          disabled={!offers.includes(action)}
          aria-keyshortcuts={KEYS[action]}
          onClick={() => {
            onAct(action);
          }}
        >
          {t.actions[action]}
        </button>
      ))}
    </>
  );
}
