import type { Io, Options } from '../command.ts';
import { withNamedSite, withSite } from '../site/with-site.ts';
import type { Bundle } from './bundle.ts';
import { leftOutLines, nameIn, unchangedLines } from './bundle-text.ts';
import { lookAtBundle } from './look-at-bundle.ts';
import { shownPlan, type ShownPlan } from './shown-plan.ts';

/** What `canary start` would do with a bundle, with nothing touched. */
export async function planBundle(io: Io, options: Options, bundle: Bundle): Promise<ShownPlan> {
  return withNamedSite(io, options, async (site) => {
    const looked = await lookAtBundle(io, options, bundle, { site });
    const name = (object: Parameters<typeof nameIn>[1]) => nameIn(site.namespace, object);
    const added = looked.entries.filter(({ state }) => state === 'new').map(({ file }) => file);
    const changed = looked.entries.filter(({ state }) => state === 'changed');
    const lines = [
      ...leftOutLines(looked),
      ...looked.others.map((object) => `would apply ${name(object)}`),
      ...added.map((object) => `would apply ${name(object)}: it is new`),
      ...unchangedLines(looked),
    ];
    const releases: object[] = [];
    for (const [index, entry] of changed.entries()) {
      const plan = await withSite(
        io,
        { ...options, namespace: entry.namespace },
        (place) => shownPlan(io, options, place, entry.file),
        `deploy/${entry.name}`,
      );
      releases.push({ deployment: entry.name, namespace: entry.namespace, ...plan.json });
      const head = `would release ${index + 1} of ${changed.length}: Deployment ${entry.name}`;
      lines.push(...(lines.length > 0 ? [''] : []), head, ...plan.lines);
    }
    const json = {
      leftOut: [...looked.hooks, ...looked.unknown].map(name),
      apply: [...looked.others, ...added].map(name),
      unchanged: looked.entries.filter(({ state }) => state === 'same').map(({ name }) => name),
      releases,
    };
    return { json, lines };
  });
}
