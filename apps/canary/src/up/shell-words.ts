import { UsageError } from '../command.ts';

/** A word's next part: within quotes, behind a backslash, or plain up to one of these or a blank. */
const PART =
  /(?<blank>\s+)|'(?<single>[^']*)'|"(?<double>(?:\\[^]|[^"\\])*)"|\\(?<escaped>[^])|(?<plain>[^\s'"\\]+)/y;
/** What a shell alone would understand, outside of quotes. */
const OF_A_SHELL = /[|&;<>$`]/;

/**
 * A command's words, taken apart as a POSIX shell does: quotes and backslashes are honoured, and
 * nothing is replaced.
 *
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02
 *
 * @throws {@link UsageError} where a quote is not closed, or it takes a shell to carry the command out
 */
export function shellWords(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < text.length;) {
    PART.lastIndex = at;
    const { blank, single, double, escaped, plain } = PART.exec(text)?.groups ?? {};
    if (PART.lastIndex === 0)
      throw new UsageError(`${text}: ${text[at] ?? ''} is not closed: close it, or quote it`);
    at = PART.lastIndex;
    if (blank !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    const read = OF_A_SHELL.exec(plain ?? double?.replaceAll(/\\[^]|[|&;<>]/g, '') ?? '')?.[0];
    if (read !== undefined)
      throw new UsageError(
        `${text}: no shell is run that would understand ${read}: write it as sh -c '...', or quote it`,
      );
    const unquoted = double?.replaceAll(/\\([$`"\\])/g, '$1');
    word = [word, single, unquoted, escaped, plain].join('');
  }
  if (word !== undefined) words.push(word);
  return words;
}
