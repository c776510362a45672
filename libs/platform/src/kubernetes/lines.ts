import { TextDecoderStream, type ReadableStream } from 'node:stream/web';

/** The lines of a body as they come; a last one that was cut off before its end is left out. */
export async function* lines(body: ReadableStream<Uint8Array> | null): AsyncGenerator<string> {
  if (!body) return;
  let rest = '';
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const complete = `${rest}${text}`.split('\n');
    rest = complete.pop() ?? '';
    yield* complete.filter((line) => line !== '');
  }
}
