import {
  drive,
  type DriveOptions,
  loadRollout,
  messageOf,
  type RolloutRecord,
} from '@canary/rollout';
import { exitCodes, type ExitCode, type Io } from '../command.ts';
import { rolloutMetrics } from '../metrics/rollout-metrics.ts';
import { serveMetrics } from '../metrics/serve-metrics.ts';
import type { Place } from '../site/with-site.ts';
import { judgeOf } from './judge-of.ts';
import type { Judging } from './judging.ts';
import { newEntries } from './narrate.ts';
import { narrate, narratorOf } from './narrator.ts';
import { transitionEvents } from './transition-event.ts';

/** How a rollout is driven in the foreground. */
export interface ForegroundOptions {
  readonly whenHeld?: DriveOptions['whenHeld'];
  /** Each transition as a line of JSON, and nothing else. */
  readonly json?: boolean;
  /** Where the rollout's own metrics are served meanwhile; nowhere without. */
  readonly metricsPort?: number | undefined;
}

/** Drives the app's rollout to its end, telling each transition to the user and to both Deployments. */
export async function driveRollout(
  io: Io,
  place: Place,
  { whenHeld = 'refuse', json = false, metricsPort }: ForegroundOptions = {},
): Promise<RolloutRecord> {
  const { site, app, selector } = place;
  const { platform, sight, store, clock, holder } = site;
  let { value: last } = await loadRollout(store, app);
  const judge = await judgeOf(place, last.judging as Judging | undefined);
  const metrics = rolloutMetrics(app, () => sight.list(selector));
  metrics.take(last);
  const served =
    metricsPort === undefined ? undefined : await serveMetrics(metrics, metricsPort, clock);
  const narrator = narratorOf(json ? { ...io, terminal: undefined } : io);
  let recording = Promise.resolve();
  let isDeaf = false;
  const record = async (now: RolloutRecord, before: RolloutRecord) => {
    for (const entry of newEntries(before, now)) {
      for (const event of transitionEvents(now, entry)) await site.recordEvent(event);
    }
  };

  const driving = drive({
    platform,
    store,
    clock,
    key: app,
    holder,
    ...(site.lock ? { lock: site.lock(app) } : {}),
    whenHeld,
    judge,
    signal: io.signal,
    onChange: (now) => {
      const before = last;
      last = now;
      metrics.take(now);
      if (json) for (const entry of newEntries(before, now)) io.out(JSON.stringify(entry));
      else narrate(narrator, { before, now, at: clock.now() });
      recording = recording
        .then(() => record(now, before))
        .catch((error: unknown) => {
          // A release does not fail because nobody may write down that it goes well.
          if (!isDeaf) narrator.warn(`canary: ${messageOf(error)}`);
          isDeaf = true;
        });
    },
    onTrouble: (error) => {
      narrator.warn(`canary: trying again: ${messageOf(error)}`);
    },
  });
  // Only an end is worth being waited for until it is scraped.
  let leaves = AbortSignal.abort();
  try {
    await driving;
    leaves = io.signal;
  } finally {
    await recording;
    narrator.end();
    await served?.close(leaves);
  }
  const ended = await driving;
  if (ended.outcome === undefined)
    io.err('canary: this driver leaves, the rollout stays as it is; canary start --resume goes on');
  return ended;
}

/** What the process says of how a rollout ended. */
export function outcomeCode({ outcome }: Pick<RolloutRecord, 'outcome'>): ExitCode {
  switch (outcome) {
    case 'promoted':
      return exitCodes.ok;
    case 'rolled back':
    case 'aborted':
      return exitCodes.rolledBack;
    case 'held':
      return exitCodes.held;
    case 'timed out':
      return exitCodes.timedOut;
    case undefined:
      return exitCodes.error;
  }
}
