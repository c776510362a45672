import type { ActionName } from '../view/offers.ts';

/** What became of an action. */
export interface ActionResult {
  /** Whoever drives the rollout has taken it in. */
  readonly taken: boolean;
  /** Why it was not followed. */
  readonly refusal?: string;
  /** What else there is to know, such as who carries it out. */
  readonly note?: string;
}

/** Carries out what a person asks for on the page. */
export interface Actor {
  /** @throws an `Error` that says what to do, where it cannot be asked for at all */
  act(action: ActionName, reason: string): Promise<ActionResult>;
}
