import { messageOf } from '@canary/rollout';
/** Something that a release needs, or is better with. */
export interface Check {
  readonly name: string;
  /** Without it no release can be carried out on the cluster. */
  readonly needed: boolean;
  /** Tells what was found. @throws an `Error` that names what is missing, and the remedy */
  readonly look: () => Promise<string>;
}

/** What came of a check. */
export interface Finding {
  readonly name: string;
  readonly state: 'ok' | 'missing' | 'absent' | 'in the way' | 'beware' | 'note';
  readonly message: string;
}

/** Carries a check out; `missing` is what is needed, `absent` what is not. */
export async function findingOf({ name, needed, look }: Check): Promise<Finding> {
  try {
    return { name, state: 'ok', message: await look() };
  } catch (error) {
    const message = messageOf(error);
    return { name, state: needed ? 'missing' : 'absent', message: message.replace(/\s+/g, ' ') };
  }
}
