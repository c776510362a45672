/** What must not be shown, and a text without it. */
export interface Secrets {
  readonly add: (...values: readonly (string | undefined)[]) => void;
  readonly hide: (text: string) => string;
}

const HIDDEN = '[hidden]';

/**
 * Remembers tokens and passwords, so that they can be taken out of what others say: a proxy in front
 * of a server may well answer with the headers that it got.
 */
export function newSecrets(): Secrets {
  const known = new Set<string>();
  return {
    add: (...values) => {
      for (const value of values) if (value !== undefined && value !== '') known.add(value);
    },
    hide: (text) =>
      // The longest first: one may be in another.
      [...known]
        .sort((a, b) => b.length - a.length)
        .reduce((shown, secret) => shown.replaceAll(secret, HIDDEN), text),
  };
}

/** What someone else wrote, in one line without control characters, and no longer than so many characters; its end counts. */
export function printable(text: string, most: number): string {
  const line = text
    // eslint-disable-next-line no-control-regex -- colours of a terminal
    .replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
    .split(/[\r\n]+/)
    // eslint-disable-next-line no-control-regex -- what is left of them
    .map((part) => part.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ').trim())
    .filter((part) => part !== '')
    .join(' | ');
  return line.length > most ? `…${line.slice(1 - most)}` : line;
}
