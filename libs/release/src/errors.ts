/** What was asked for cannot be released; the message names the object, the value and the remedy. */
export class ReleaseError extends Error {
  override readonly name = 'ReleaseError';
}
