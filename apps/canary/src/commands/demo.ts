import { exitCodes, type CommandSpec, type Io, type Options } from '../command.ts';
import type { DemoPage } from '../demo/demo-page.ts';
import { linesView } from '../demo/lines-view.ts';
import { liveView } from '../demo/live-view.ts';
import { localDemoSite } from '../demo/local-demo-site.ts';
import { prometheusOption, prometheusProgram } from '../demo/prometheus-program.ts';
import type { DemoSite } from '../demo/demo-site.ts';
import { tellStory } from '../demo/story.ts';
import { summaryLines } from '../demo/text.ts';
import type { View } from '../demo/view.ts';
import { MYAPP } from '../images.ts';
import { outcomeCode } from '../release/drive-rollout.ts';
import { boundedOption, commonOptions, wholeOption } from '../options.ts';

/** `canary demo`: the article's release from start to end, with nothing but Node. */
export const demo: CommandSpec = {
  name: 'demo',
  summary: 'carry out a whole canary release on this machine, in a minute',
  description:
    'Carries out a canary release: v1 under load, a canary of v2 behind the same Service, the share\n' +
    'of the traffic that it gets beside the share that its replicas allow, then v2 takes over.\n' +
    'The live page shows it in a browser: its address is printed first.\n' +
    'The objects are those of "canary render"; replicas are processes of this machine. Where a\n' +
    'prometheus program is found, it runs and scrapes them as it would on a cluster.',
  options: [
    {
      flags: '--on <site>',
      description: 'this machine, or a kind cluster that is made where it is not there',
      choices: ['local', 'kind'],
      default: 'local',
    },
    {
      flags: '--replicas <number>',
      description: 'replicas of v1, and of v2 in the end',
      default: '4',
    },
    { flags: '--canary-replicas <number>', description: 'replicas of the canary', default: '1' },
    { flags: '--rps <number>', description: 'requests per second', default: '100' },
    {
      flags: '--speed <factor>',
      description: '2 halves the times for which things are only watched',
      default: '1',
    },
    { flags: '--bad', description: 'give the canary errors, and see what happens' },
    prometheusOption,
    { ...commonOptions.output, choices: ['text', 'json'], default: 'text' },
  ],
  examples: [
    'canary demo',
    'canary demo --bad',
    'canary demo --on kind',
    'canary demo --replicas 8 --canary-replicas 2 --rps 200',
    'canary demo -o json',
  ],
  run: async (io, _, options) => {
    const settings = {
      replicas: wholeOption(options, 'replicas', [1, 20]),
      canaryReplicas: wholeOption(options, 'canary-replicas', [1, 20]),
      rps: boundedOption(options, 'rps', [1, 500]),
      speed: boundedOption(options, 'speed', [0.1, 20]),
      bad: options['bad'] === true,
    };
    const json = options['output'] === 'json';
    const site = await openSite(io, options);
    const view: View = json
      ? { tell: () => undefined, end: () => undefined }
      : io.terminal
        ? liveView(io.terminal, site.name)
        : linesView(io.out);
    let page: DemoPage | undefined;
    try {
      page = json ? undefined : await openPage(io, site);
      const summary = await tellStory(site, { ...settings, signal: io.signal, tell: view.tell });
      view.end();
      if (json) io.out(JSON.stringify(summary, null, 2));
      else for (const line of ['', ...summaryLines(summary)]) io.out(line);
      if (summary.lost > 0) {
        io.err(
          `canary: ${summary.lost} requests were lost: ${JSON.stringify(summary.traffic.networkErrors)}`,
        );
        return exitCodes.error;
      }
      return outcomeCode(summary);
    } catch (error) {
      view.end();
      if (!io.signal.aborted) throw error;
      io.err('canary: interrupted; everything that was started is ended');
      return exitCodes.error;
    } finally {
      await page?.close();
      await site.close();
    }
  },
};

/** The live page, for as long as the demonstration goes on. */
async function openPage(io: Io, site: DemoSite): Promise<DemoPage> {
  // Loaded only here: it brings a server.
  const { demoPage } = await import('../demo/demo-page.ts');
  const page = await demoPage(site);
  io.out(`see it: ${page.address}`);
  return page;
}

async function openSite(io: Io, options: Options): Promise<DemoSite> {
  if (options['on'] === 'kind') {
    // Loaded only here: it brings a Kubernetes client.
    const { kindDemoSite } = await import('../demo/kind-demo-site.ts');
    return kindDemoSite({ env: io.env, say: io.err });
  }
  const prometheus = await prometheusProgram(io, options);
  // What a cluster would honour and this machine does not (limits, security) changes nothing of what is shown.
  return localDemoSite({ myapp: MYAPP, prometheus, onNotice: () => undefined });
}
