import { writeFile } from 'node:fs/promises';
import { pageView, type PageView } from '@canary/api/view';
import { loadRollout } from '@canary/rollout';
import { exitCodes, type CommandSpec } from '../command.ts';
import { appOptions, commonOptions, targetArgument } from '../options.ts';
import { freezeOf } from '../release/freeze.ts';
import { targetsView } from '../site/targets-view.ts';
import { addressed, withSite, type Place } from '../site/with-site.ts';

/** `canary report`: the last rollout as one file. */
export const report: CommandSpec = {
  name: 'report',
  summary: 'write the last release down: its verdict, why, its graphs and its history, in one file',
  description:
    'Writes one HTML file with all that is known of the last release. It has everything inside, and\n' +
    'opens in any browser without a network.',
  arguments: {
    ...targetArgument,
    '[file]': 'where to (default: canary-report.html; with -o json standard output)',
  },
  options: [...appOptions, { ...commonOptions.output, choices: ['html', 'json'], default: 'html' }],
  examples: ['canary report', 'canary report friday.html', 'canary report -o json'],
  run: (io, args, options) => {
    const { target, rest } = addressed(args);
    const [file] = rest;
    return withSite(
      io,
      options,
      async (place) => {
        const view = await reported(place);
        const json = options['output'] === 'json';
        if (json && file === undefined) {
          io.out(JSON.stringify(view, null, 2));
          return exitCodes.ok;
        }
        const name = typeof file === 'string' ? file : 'canary-report.html';
        await writeFile(name, json ? JSON.stringify(view, null, 2) : await htmlOf(view));
        io.out(name);
        return exitCodes.ok;
      },
      target,
    );
  },
};

async function reported({ site, app, selector }: Place): Promise<PageView> {
  const { store, platform, namespace, clock } = site;
  const { value: record } = await loadRollout(store, app);
  const [frozen, workloads, look] = await Promise.all([
    freezeOf(store, app),
    platform.list(selector),
    // A report of pods that cannot be reached any more is still one.
    targetsView(site)
      .then((view) => site.observer(selector, view))
      .then((observer) => observer.look())
      .catch(() => undefined),
  ]);
  const targets = look?.targets ?? [];
  const now = clock.now();
  return pageView({ app, namespace, record, frozen, workloads, targets, now, readOnly: true });
}

async function htmlOf(view: PageView): Promise<string> {
  const { pageFiles } = await import('../dashboard/page-files.ts');
  const { reportHtml } = await import('../report/report-html.ts');
  return reportHtml(view, await pageFiles());
}
