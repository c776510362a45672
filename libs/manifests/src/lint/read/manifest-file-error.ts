/** A file whose objects cannot be read; the message names the file, the line and the remedy. */
export class ManifestFileError extends Error {
  override readonly name = 'ManifestFileError';

  constructor(file: string, line: number, problem: string) {
    super(`${file}:${line}: ${problem}`);
  }
}
