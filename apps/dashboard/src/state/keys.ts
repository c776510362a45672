/** What belongs to each key. */
export type Keys = Readonly<Record<string, () => void>>;

/** Calls what belongs to a key, but not while someone writes or a dialog is open; returns what ends it. */
export function onKeys(keys: () => Keys): () => void {
  const listener = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLInputElement || document.querySelector('dialog[open]')) return;
    const action = keys()[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
  document.addEventListener('keydown', listener);
  return () => {
    document.removeEventListener('keydown', listener);
  };
}
