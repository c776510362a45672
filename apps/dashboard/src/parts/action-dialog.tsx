import { RefusedError, type ActionName, type ActionResult } from '@canary/api/client';
import { useRef, useState } from 'hono/jsx/dom';
import { usePage } from '../state/use-page.ts';
import { useTexts } from '../text/language.ts';
import { willHappen } from '../text/will-happen.ts';
import { Dialog } from './dialog.tsx';

export interface ActionDialogProps {
  readonly action: ActionName;
  readonly act: (action: ActionName, reason: string) => Promise<ActionResult>;
  readonly onClose: () => void;
  /** Told in a word what became of it. */
  readonly onDone: (text: string) => void;
}

/** Says what will happen, asks why, and does it. */
export function ActionDialog({ action, act, onClose, onDone }: ActionDialogProps) {
  const t = useTexts();
  const { view } = usePage();
  const reason = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<{ readonly busy: boolean; readonly error?: string }>({
    busy: false,
  });
  const to = view?.status.rollout?.to ?? '';
  const submit = async (event: Event) => {
    event.preventDefault();
    const why = reason.current?.value.trim() ?? '';
    if (why === '') {
      setState({ busy: false, error: t.reasonNeeded });
      return;
    }
    setState({ busy: true });
    try {
      const { taken, refusal, note } = await act(action, why);
      if (refusal !== undefined) {
        setState({ busy: false, error: refusal });
        return;
      }
      const name = t.actions[action];
      onDone(taken ? t.done(name) : `${t.asked(name)}: ${note ?? ''}`);
      onClose();
    } catch (error) {
      const isRefused = error instanceof RefusedError;
      setState({ busy: false, error: isRefused ? error.message : t.connection.lost });
    }
  };
  return (
    <Dialog title={t.actionTitles[action](to)} onClose={onClose}>
      <form onSubmit={(event: Event) => void submit(event)}>
        {view ? willHappen(action, view, t).map((line) => <p key={line}>{line}</p>) : null}
        <label for="reason">{t.reason}</label>
        <input id="reason" ref={reason} maxlength={300} autocomplete="off" autofocus />
        <p class="warn" role="alert">
          {state.error ?? ''}
        </p>
        <div class="buttons">
          <button type="button" class="quiet" onClick={onClose}>
            {t.cancel}
          </button>
          <button type="submit" class={`action ${action}`} disabled={state.busy}>
            {state.busy ? t.sending : t.actions[action]}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
