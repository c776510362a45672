/** The lines of a text as it comes in parts; a last one that was cut off before its end is left out. */
export async function* lines(
  parts: AsyncIterable<string> | readonly string[],
): AsyncGenerator<string> {
  let rest = '';
  for await (const text of parts) {
    const complete = `${rest}${text}`.split('\n');
    rest = complete.pop() ?? '';
    yield* complete.filter((line) => line !== '');
  }
}
