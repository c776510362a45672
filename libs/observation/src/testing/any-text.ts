import fc from 'fast-check';

const isSurrogate = (code: number) => code >= 0xd800 && code <= 0xdfff;

/**
 * Text of any code points, those that have a meaning in quotes among them. fast-check's own unit
 * `binary` means the same, and takes seconds on a busy machine to list all code points first.
 */
export const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom('"', '\\', '\n', 'n', '{', '}', '=', ',', ' ', '#', 'a', '1', '\0', 'ü'),
    fc
      .integer({ min: 0, max: 0x10ffff })
      .filter((code) => !isSurrogate(code))
      .map((code) => String.fromCodePoint(code)),
  ),
});
