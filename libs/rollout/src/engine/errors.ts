import type { Driver } from '../record/record.ts';

/** Another process drives this rollout. */
export class DrivenElsewhereError extends Error {
  override readonly name = 'DrivenElsewhereError';
  /** Undefined where the other has taken over and let go again. */
  readonly driver: Driver | undefined;

  constructor(key: string, driver: Driver | undefined, now: number) {
    super(`${key} is driven by ${driver ? signOf(driver, now) : 'another process'}`);
    this.driver = driver;
  }
}

function signOf({ holder, heartbeatAt, leaseMs }: Driver, now: number): string {
  const ago = Math.round((now - heartbeatAt) / 1000);
  return (
    `${holder}, last heard of ${ago} s ago: let it, or stop it; ` +
    `without a sign of it for ${leaseMs / 1000} s another may take over`
  );
}

/** What is stored is not what a command needs: nothing, something of another version, or under way. */
export class RolloutStateError extends Error {
  override readonly name = 'RolloutStateError';
}

/** What went wrong, in one line. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
