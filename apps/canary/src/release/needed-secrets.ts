import { randomBytes } from 'node:crypto';
import type { SecretNeeded } from '@canary/manifests';
import type { Site } from '../site/site.ts';

/**
 * Makes the Secrets that are not there yet, each with a value that nobody has seen.
 *
 * @returns the names of those that were made
 * @throws an `Error` where the platform has no Secrets
 */
export async function makeSecrets(
  site: Site,
  needed: readonly SecretNeeded[],
): Promise<readonly string[]> {
  const made: string[] = [];
  for (const { name, key } of needed) {
    if (!site.createSecret)
      throw new Error(`Secret ${name} is needed, and this platform has none: deploy on a cluster`);
    const value = randomBytes(18).toString('base64url');
    if (await site.createSecret(name, { [key]: value })) made.push(name);
  }
  return made;
}
