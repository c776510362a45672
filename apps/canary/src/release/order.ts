import {
  DrivenElsewhereError,
  isDriven,
  loadRollout,
  requestCommand,
  type Command,
  type HistoryEntry,
  type RolloutRecord,
} from '@canary/rollout';
import { exitCodes, type ExitCode, type Io } from '../command.ts';
import type { Place } from '../site/with-site.ts';
import { driveRollout, outcomeCode } from './drive-rollout.ts';
import { entryLine } from './narrate.ts';
import { takenIn } from './taken-in.ts';

/**
 * Gives a rollout a command: to whoever drives it, or, where nobody does, by driving it here.
 *
 * @throws an `Error` where it cannot be followed as things are
 */
export async function order(
  io: Io,
  place: Place,
  command: Command,
  reason: string,
): Promise<ExitCode> {
  const { site, app } = place;
  const { store, clock, user } = site;
  const { value: before } = await loadRollout(store, app);
  const request = await requestCommand({ store, clock, key: app, command, reason, by: user });
  const obeyedElsewhere = async () => {
    io.out(entryLine(followed(await takenInByDriver(io, place, request.number))));
    return exitCodes.ok;
  };
  if (isDriven(before, clock.now())) return obeyedElsewhere();
  if (command === 'pause' || command === 'freeze') {
    io.out(
      `nobody drives the release now: ${command} counts as soon as canary start --resume does`,
    );
    return exitCodes.ok;
  }
  io.err('canary: nobody drives the release, so this process does');
  let ended: RolloutRecord;
  try {
    ended = await driveRollout(io, place);
  } catch (error) {
    if (!(error instanceof DrivenElsewhereError)) throw error;
    io.err('canary: another driver was quicker, so that one does');
    return obeyedElsewhere();
  }
  const entry = ended.history.find(({ figures }) => figures['request'] === request.number);
  if (entry) followed(entry);
  const isDone = (command === 'abort' || command === 'undo') && ended.outcome === 'aborted';
  return isDone ? exitCodes.ok : outcomeCode(ended);
}

/** The reason that was given with a command. */
export function textOf(reason: unknown): string {
  return typeof reason === 'string' && reason !== '' ? reason : 'no reason given';
}

/** @throws an `Error` where the driver has not taken it in while its sign of life holds */
async function takenInByDriver(io: Io, place: Place, number: number): Promise<HistoryEntry> {
  const { store, clock } = place.site;
  const { driver } = (await loadRollout(store, place.app)).value;
  const until = clock.now() + (driver?.leaseMs ?? 0);
  const entry = await takenIn(place, number, { until, signal: io.signal });
  if (entry) return entry;
  const holder = driver?.holder ?? 'the driver';
  throw new Error(
    `${holder} has not taken the command in: it waits for whoever drives next, see canary start --resume`,
  );
}

/** @throws an `Error` where the command was refused */
function followed(entry: HistoryEntry): HistoryEntry {
  if (entry.refusal === undefined) return entry;
  throw new Error(`cannot ${entry.what}: ${entry.refusal}`);
}
