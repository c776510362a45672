import { sentence, type HistoryEntry } from '@canary/api/client';
import { usePage } from '../state/use-page.ts';
import { timeOfDay } from '../text/format.ts';
import { useTexts } from '../text/language.ts';

/** What happened, the newest first, in the words of the history. */
export function EventsPanel() {
  const t = useTexts();
  const events = usePage().view?.events ?? [];
  return (
    <section class="panel events" aria-labelledby="events-title">
      <header>
        <h2 id="events-title">{t.panels.events}</h2>
        <span class="muted">{events.length}</span>
      </header>
      <div class="scroll" tabindex={0} role="group" aria-labelledby="events-title">
        <ol lang="en">
          {[...events].reverse().map((entry) => (
            <Entry key={`${entry.at} ${entry.what}`} entry={entry} />
          ))}
        </ol>
        {events.length === 0 ? <p class="muted plain">{t.none}</p> : null}
      </div>
    </section>
  );
}

function Entry({ entry }: { readonly entry: HistoryEntry }) {
  const t = useTexts();
  const { at, what, why, refusal } = entry;
  const text = sentence(why);
  return (
    <li>
      <time dateTime={new Date(at).toISOString()}>{timeOfDay(at)}</time>
      <span>
        {text.startsWith(`${what} `) ? null : <b>{what} </b>}
        {text}
        {refusal === undefined ? null : (
          <span class="warn"> {t.refusedBecause(sentence(refusal))}</span>
        )}
      </span>
    </li>
  );
}
