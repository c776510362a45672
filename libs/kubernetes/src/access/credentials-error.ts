/** Why credentials cannot be had, with the remedy in it; has nothing of the credentials. */
export class CredentialsError extends Error {
  override readonly name = 'CredentialsError';
}
