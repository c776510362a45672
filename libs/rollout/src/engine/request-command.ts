import type { Clock } from '../ports/clock.ts';
import { ConflictError, type RolloutStore } from '../ports/store.ts';
import { cut } from '../record/history.ts';
import type { Command, Request } from '../record/request.ts';
import { RolloutStateError } from './errors.ts';
import { loadRollout } from './load.ts';

/** What {@link requestCommand} needs. */
export interface CommandOptions {
  readonly store: RolloutStore;
  readonly clock: Clock;
  readonly key: string;
  readonly command: Command;
  /** Of bounded length: what is longer is cut. */
  readonly reason: string;
  /** Who asks, such as `ana`. */
  readonly by: string;
}

/** More commands than this wait for nobody. */
const WAITING_LIMIT = 20;
const ATTEMPTS = 10;

/**
 * Leaves a command in a stored rollout, for whoever drives it now or next.
 *
 * @returns the request; the history has an entry with its number once it was taken in
 * @throws {@link RolloutStateError} where no rollout is stored, or nobody takes commands in
 */
export async function requestCommand(options: CommandOptions): Promise<Request> {
  const { store, clock, key, command, reason, by } = options;
  for (let attempt = 1; ; attempt++) {
    const { value, version } = await loadRollout(store, key);
    if (value.requests.length >= WAITING_LIMIT) {
      throw new RolloutStateError(
        `${key}: ${value.requests.length} commands wait for a driver: resume the rollout first`,
      );
    }
    const number = value.counters.request + 1;
    const request: Request = {
      ...{ number, command, reason: cut(reason), by: cut(by) },
      at: clock.now(),
    };
    const counters = { ...value.counters, request: number };
    const next = { ...value, counters, requests: [...value.requests, request] };
    try {
      await store.save(key, next, version);
      return request;
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === ATTEMPTS) throw error;
    }
  }
}
