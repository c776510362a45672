import { statusView, type StatusSources } from '@canary/api/view';
import { findRollout } from '@canary/rollout';
import { createLogUpdate } from 'log-update';
import { exitCodes, type CommandSpec, type ExitCode, type Io } from '../command.ts';
import { appOptions, commonOptions, targetArgument } from '../options.ts';
import { freezeKey, freezeOf } from '../release/freeze.ts';
import { kept } from '../release/kept.ts';
import { newLines } from '../release/narrate.ts';
import { statusText } from '../release/status-text.ts';
import type { Sight } from '../site/shared-sight.ts';
import { withSite, type Place } from '../site/with-site.ts';

/** How often `-w` draws anew: of much only time changes. */
const DRAW_MS = 1000;
/** How often it asks a store that does not tell of changes: once for each time that it draws. */
const POLL_MS = DRAW_MS / 2;

/** `canary status`: how a release stands, as a tree. */
export const status: CommandSpec = {
  name: 'status',
  summary: 'show how a release stands: its stage, its shares, its Deployments and pods',
  arguments: targetArgument,
  options: [
    { flags: '-w, --watch', description: 'follow it until it has ended' },
    ...appOptions,
    { ...commonOptions.output, choices: ['text', 'json'], default: 'text' },
  ],
  examples: [
    'canary status',
    'canary status -w',
    'canary status -o json',
    'canary status --on local',
  ],
  run: (io, [target], options) =>
    withSite(
      io,
      options,
      async (place) => {
        const json = options['output'] === 'json';
        if (options['watch'] === true) {
          const ending = new AbortController();
          const signal = AbortSignal.any([io.signal, ending.signal]);
          return follow({ ...io, signal }, place, json).finally(() => {
            ending.abort();
          });
        }
        const sources = await look(place, onceWays(place));
        if (!sources.record && sources.workloads.length === 0) {
          throw new Error(
            `there is no Deployment labelled appname=${place.app} in namespace ${place.site.namespace}, and no release was started: see canary deploy v1, or name another app or namespace`,
          );
        }
        for (const line of json ? jsonLines(sources, 2) : statusText(statusView(sources)))
          io.out(line);
        return exitCodes.ok;
      },
      target,
    ),
};

/** How the parts of a status are come by. */
interface Ways {
  readonly rollout: () => ReturnType<typeof findRollout>;
  readonly freeze: () => ReturnType<typeof freezeOf>;
  readonly sight: Sight;
}

async function look({ site, app, selector }: Place, ways: Ways): Promise<StatusSources> {
  const [stored, frozen, workloads] = await Promise.all([
    ways.rollout(),
    ways.freeze(),
    ways.sight.list(selector),
  ]);
  const { namespace, clock } = site;
  return { app, namespace, record: stored?.value, frozen, workloads, now: clock.now() };
}

/** Once. */
function onceWays({ site: { store, platform: sight }, app }: Place): Ways {
  return { rollout: () => findRollout(store, app), freeze: () => freezeOf(store, app), sight };
}

/** Again and again, at the cost of what changes. */
function keptWays(place: Place, signal: AbortSignal): Ways {
  const { store, clock, sight } = place.site;
  const once = onceWays(place);
  const how = { store, clock, everyMs: POLL_MS, signal };
  return {
    rollout: kept({ ...how, key: place.app, load: once.rollout }),
    freeze: kept({ ...how, key: freezeKey(place.app), load: once.freeze }),
    sight,
  };
}

/** On a terminal the tree, drawn anew; elsewhere a line for everything that is new. */
async function follow(io: Io, place: Place, json: boolean): Promise<ExitCode> {
  // A hidden cursor brings handlers of signals that end the process at once.
  const draw =
    io.terminal && !json ? createLogUpdate(io.terminal, { showCursor: true }) : undefined;
  const ways = keptWays(place, io.signal);
  let before: StatusSources | undefined;
  for (;;) {
    const now = await look(place, ways);
    if (draw) draw(statusText(statusView(now)).join('\n'));
    else if (json) for (const line of jsonLines(now)) io.out(line);
    else for (const line of news(before, now)) io.out(line);
    before = now;
    const isOver = now.record?.outcome !== undefined;
    if (!isOver && !io.signal.aborted) await place.site.clock.sleep(DRAW_MS, io.signal);
    if (isOver || io.signal.aborted) {
      draw?.done();
      return exitCodes.ok;
    }
  }
}

function news(before: StatusSources | undefined, now: StatusSources): string[] {
  if (!before) return statusText(statusView(now));
  return now.record ? newLines(before.record, now.record) : [];
}

function jsonLines(sources: StatusSources, indent?: number): string[] {
  return [JSON.stringify(statusView(sources), null, indent)];
}
