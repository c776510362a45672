import { useTexts } from '../text/language.ts';
import { Dialog } from './dialog.tsx';

/** Every key of the page, and how to read it. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts();
  return (
    <Dialog title={t.helpTitle} onClose={onClose}>
      <dl class="keys">
        {Object.entries(t.helpKeys).map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p>{t.helpAbout}</p>
      <div class="buttons">
        <button type="button" class="quiet" onClick={onClose} autofocus>
          {t.close}
        </button>
      </div>
    </Dialog>
  );
}
