import {
  changesOf,
  isDriven,
  loadRollout,
  messageOf,
  type RolloutRecord,
  RolloutStateError,
} from '@canary/rollout';
import type { Io } from '../command.ts';
import type { Place } from '../site/with-site.ts';
import { newEntries } from './narrate.ts';
import { narrate, narratorOf, type Narrator } from './narrator.ts';

/** How often it is looked where the store does not tell of changes. */
const POLL_MS = 1000;
/** A Job has so long to begin: its image may have to be pulled. */
const BEGIN_MS = 120_000;

/** How a rollout is followed that a Job drives. */
export interface FollowOptions {
  /** The Job's name. */
  readonly job: string;
  /** The rollout as it was when the Job was made. */
  readonly from: RolloutRecord;
  readonly json: boolean;
}

/**
 * Tells each transition of a rollout that another process drives, until it has ended.
 *
 * @returns the record as it was last seen; without an outcome where the user has left
 * @throws an `Error` that says why the Job does not drive it
 */
export async function followRollout(
  io: Io,
  place: Place,
  options: FollowOptions,
): Promise<RolloutRecord> {
  const narrator = narratorOf(options.json ? { ...io, terminal: undefined } : io);
  try {
    return await follow({ ...io, narrator }, place, options);
  } finally {
    narrator.end();
  }
}

async function follow(
  { narrator, ...io }: Io & { readonly narrator: Narrator },
  { site, app }: Place,
  { job, from, json }: FollowOptions,
): Promise<RolloutRecord> {
  const { store, clock } = site;
  const began = clock.now();
  const trouble = new Set<string>();
  let last = from;
  let isBegun = false;
  const { signal } = io;
  for await (const at of changesOf(store, app, { clock, everyMs: POLL_MS, signal })) {
    try {
      const { value } = await loadRollout(store, app);
      if (value.id !== from.id)
        throw new RolloutStateError(`${from.id} is over, and ${value.id} has taken its place`);
      if (json) for (const entry of newEntries(last, value)) io.out(JSON.stringify(entry));
      else narrate(narrator, { before: last, now: value, at });
      last = value;
      trouble.clear();
    } catch (error) {
      if (error instanceof RolloutStateError) throw error;
      const message = messageOf(error);
      if (!trouble.has(message)) narrator.warn(`canary: trying again: ${message}`);
      trouble.add(message);
    }
    if (last.outcome !== undefined) return last;
    isBegun ||= isDriven(last, clock.now());
    if (!isBegun && clock.now() > began + BEGIN_MS) {
      const why = (await site.troubleOfJob?.(job)) ?? `see kubectl logs job/${job}`;
      throw new Error(
        `Job ${job} has not begun to drive the release: ${why}; canary start --resume drives it from here`,
      );
    }
  }
  narrator.warn(`canary: Job ${job} drives on; canary status -w shows how far it is`);
  return last;
}
