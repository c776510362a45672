import { useRef } from 'hono/jsx/dom';
import { useTexts } from '../text/language.ts';

/** Asks for the token, where there is none or a wrong one. */
export function TokenForm({ onToken }: { readonly onToken: (token: string) => void }) {
  const t = useTexts();
  const field = useRef<HTMLInputElement>(null);
  return (
    <main class="token">
      <form
        onSubmit={(event: Event) => {
          event.preventDefault();
          const given = field.current?.value.trim() ?? '';
          // Whoever pastes the whole address is understood.
          onToken(given.split('#token=').at(-1) ?? '');
        }}
      >
        <h1>{t.wrongToken.title}</h1>
        <p>{t.wrongToken.text}</p>
        <label for="token">{t.wrongToken.label}</label>
        <input id="token" ref={field} type="password" autocomplete="off" required autofocus />
        <div class="buttons">
          <button type="submit" class="action promote">
            {t.wrongToken.use}
          </button>
        </div>
      </form>
    </main>
  );
}
