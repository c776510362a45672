import { readFileSync } from 'node:fs';
import { CredentialsError } from './credentials-error.ts';

/**
 * The token in a file, which is read whenever it is asked for: whoever renews it (a pod's service
 * account has a new one every hour) tells nobody. While it cannot be read, what it was counts, or
 * the token that was given beside it.
 *
 * @returns what gives it @throws {@link CredentialsError} where there is none
 */
export function tokenFile(file: string, otherwise: string | undefined): () => string {
  let last = otherwise;
  return () => {
    try {
      const token = readFileSync(file, 'utf8').trim();
      if (token !== '') return (last = token);
      if (last === undefined)
        throw new CredentialsError(`its tokenFile ${file} is empty; have the token written anew`);
    } catch (cause) {
      if (cause instanceof CredentialsError) throw cause;
      if (last === undefined) {
        const { message } = cause as Error;
        throw new CredentialsError(
          `its tokenFile cannot be read: ${message}; have it written anew`,
          {
            cause,
          },
        );
      }
    }
    return last;
  };
}
