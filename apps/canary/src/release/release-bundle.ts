import type { PlatformObject } from '@canary/rollout';
import { exitCodes, type ExitCode, type Io, type Options } from '../command.ts';
import type { Site } from '../site/site.ts';
import { withNamedSite, withSite } from '../site/with-site.ts';
import { begin, refuseUnderWay } from './begin.ts';
import { isOfOwnKind, type Bundle } from './bundle.ts';
import { leftOutLines, nameIn, unchangedLines } from './bundle-text.ts';
import { driveAsAsked } from './drive-as-asked.ts';
import { refuseFrozen } from './freeze.ts';
import { judgingOf } from './judging.ts';
import { lookAtBundle, type Entry, type Looked } from './look-at-bundle.ts';
import { decideWithinOf } from './prospect.ts';

/** A kind that was brought along is there after so long. */
const KIND_MS = 30_000;
const POLL_MS = 1000;

/**
 * Applies all of a bundle but the Deployments that run already, and releases in place those of them
 * whose pods change, one after another in the order of the file: the first that is not promoted is
 * the last.
 *
 * @returns how the last release ended
 * @throws an `Error` with what is in the way; before anything is touched, where it can be known then
 */
export async function releaseBundle(io: Io, options: Options, bundle: Bundle): Promise<ExitCode> {
  judgingOf(options);
  decideWithinOf(options);
  const say = options['output'] === 'json' ? io.err : io.out;
  return withNamedSite(io, options, async (site) => {
    const check = async (place: Parameters<typeof refuseFrozen>[0]) => {
      await Promise.all([refuseFrozen(place), refuseUnderWay(place)]);
    };
    const looked = await lookAtBundle(io, options, bundle, { site, check });
    for (const line of leftOutLines(looked)) say(line);
    await applyAll(io, site, looked, say);
    for (const line of unchangedLines(looked)) say(line);
    const changed = looked.entries.filter(({ state }) => state === 'changed');
    return oneAfterAnother(io, options, changed, say);
  });
}

async function applyAll(io: Io, site: Site, looked: Looked, say: Io['out']): Promise<void> {
  for (const object of looked.others) {
    await applied(io, site, object, isOfOwnKind(looked, object) ? KIND_MS : 0);
    say(`applied ${nameIn(site.namespace, object)}`);
  }
  for (const { file } of looked.entries.filter(({ state }) => state === 'new')) {
    await site.platform.apply([file]);
    say(`applied ${nameIn(site.namespace, file)}: it is new`);
  }
}

/** Applies an object; again until so many milliseconds have gone, where its kind is new. */
async function applied(
  { signal }: Io,
  { platform, clock }: Site,
  object: PlatformObject,
  patienceMs: number,
): Promise<void> {
  const deadline = clock.now() + patienceMs;
  for (;;) {
    try {
      await platform.apply([object]);
      return;
    } catch (error) {
      if (clock.now() >= deadline || signal.aborted) throw error;
      await clock.sleep(POLL_MS, signal);
    }
  }
}

async function oneAfterAnother(
  io: Io,
  options: Options,
  entries: readonly Entry[],
  say: Io['out'],
): Promise<ExitCode> {
  for (const [index, { name, namespace, file }] of entries.entries()) {
    const notBegun = (from: number) => {
      const names = entries.slice(from).map((entry) => `Deployment ${entry.name}`);
      if (names.length > 0) io.err(`canary: not begun: ${names.join(', ')}`);
    };
    if (io.signal.aborted) {
      notBegun(index);
      return exitCodes.error;
    }
    say(`release ${index + 1} of ${entries.length}: Deployment ${name}`);
    let code: ExitCode = exitCodes.error;
    try {
      code = await withSite(
        io,
        { ...options, namespace },
        async (place) => {
          await begin(io, options, place, file);
          return driveAsAsked(io, options, place);
        },
        `deploy/${name}`,
      );
    } finally {
      if (code !== exitCodes.ok) notBegun(index + 1);
    }
    if (code !== exitCodes.ok) return code;
  }
  return exitCodes.ok;
}
