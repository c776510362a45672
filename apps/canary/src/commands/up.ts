import { exitCodes, UsageError, type CommandSpec, type Io, type Options } from '../command.ts';
import { prometheusOption, prometheusProgram } from '../demo/prometheus-program.ts';
import { boundedOption, commonOptions, textOption, wholeOption } from '../options.ts';
import { narratorOf, type Narrator } from '../release/narrator.ts';
import { DEFAULT_STATE } from '../site/state-folder.ts';
import { clusterOptions, isOnCluster, upOnCluster } from '../up/up-on-cluster.ts';
import { holdPlatform, type HoldOptions } from '../up/hold-platform.ts';
import { ownAppOf } from '../up/own-app.ts';
import { runCommandsOf, runOption } from '../up/run-option.ts';
import { lostOf, type UpEvent } from '../up/up-event.ts';
import { upText } from '../up/up-text.ts';

/** `canary up`: the embedded platform, held for the commands of other terminals. */
export const up: CommandSpec = {
  name: 'up',
  summary: 'run v1, or an app of yours, on this machine, for --on local; or v1 on a cluster',
  description:
    'Starts the embedded platform (a replica is a process of this machine, a Service\n' +
    'a balancer), deploys v1 on it and holds it until Ctrl-C. Meanwhile the commands\n' +
    'that say --on local reach it, from the same folder or with the same --state. It\n' +
    'begins empty: what one before has left in the state folder (rollouts, logs) goes.\n\n' +
    'With -f it is the Deployments, Services and ConfigMaps of your own file instead, in the\n' +
    'namespace default unless they say otherwise. What their images run is named by --run: the\n' +
    'command listens on the PORT that it is given, and runs in this folder, without a shell.\n\n' +
    'With --on kubernetes, or --grafana, it deploys Prometheus and v1 (and Grafana) on a\n' +
    'cluster instead, and ends: the cluster holds them.',
  options: [
    {
      flags: '--state <folder>',
      description: `its socket, rollouts and logs (default: ${DEFAULT_STATE})`,
    },
    {
      flags: '-f, --file <file>',
      description: 'YAML of your own app, instead of v1; - is standard input; may be repeated',
      many: true,
    },
    runOption,
    {
      flags: '-n, --namespace <name>',
      description:
        'namespace of the objects (default: canary; with -f, of those that have none: default)',
    },
    { flags: '--replicas <number>', description: 'replicas of v1 (default: 4)' },
    {
      flags: '--rps <number>',
      description: 'requests per second that are sent to the app all the time (default: 0)',
    },
    {
      flags: '--port <number>',
      description: 'port of the app, with -f of its first Service (default: a free one)',
    },
    prometheusOption,
    ...clusterOptions,
    { ...commonOptions.output, choices: ['text', 'json'], default: 'text' },
  ],
  examples: [
    'canary up',
    'canary up --rps 100 --port 5555',
    'canary up --grafana',
    "canary up -f shop.yaml --run 'shop=node app.mjs'",
    'canary up --state /tmp/shop & canary start --to 2.0.0 --on local --state /tmp/shop',
  ],
  run: async (io, _, options) => {
    if (isOnCluster(options)) return upOnCluster(io, { ...DEFAULTS, ...options });
    const narrator = narratorOf(io);
    const tell = teller(io, narrator, options['output'] === 'json');
    const settings = await settingsOf(io, options, tell);
    const traffic = await heldUntilTheEnd(settings).finally(() => {
      narrator.end();
    });
    tell({ kind: 'down', at: Date.now(), traffic });
    const lost = traffic ? lostOf(traffic) : 0;
    if (lost === 0) return exitCodes.ok;
    io.err(`canary: ${lost} requests were lost: ${JSON.stringify(traffic?.networkErrors)}`);
    return exitCodes.error;
  },
};

const DEFAULTS = { replicas: '4' };

/** @throws {@link UsageError} where what is asked for cannot be */
async function settingsOf(
  io: Io,
  options: Options,
  tell: HoldOptions['tell'],
): Promise<HoldOptions> {
  const isOwn = options['file'] !== undefined;
  if (isOwn && options['replicas'] !== undefined)
    throw new UsageError('--replicas is of v1, and -f has an app of yours: say replicas there');
  const namespace = textOption(options, 'namespace') ?? (isOwn ? 'default' : 'canary');
  return {
    state: textOption(options, 'state') ?? DEFAULT_STATE,
    namespace,
    own: await ownAppOf(io, options, namespace),
    commands: runCommandsOf(options, process.cwd()),
    replicas: wholeOption({ ...DEFAULTS, ...options }, 'replicas', [1, 20]),
    rps: options['rps'] === undefined ? 0 : boundedOption(options, 'rps', [0, 500]),
    port: options['port'] === undefined ? 0 : wholeOption(options, 'port', [1, 65_535]),
    prometheus: await prometheusProgram(io, options),
    tell,
    signal: io.signal,
  };
}

/** Ctrl-C while v1 is not ready yet is no error, either. */
async function heldUntilTheEnd(settings: HoldOptions) {
  try {
    return await holdPlatform(settings);
  } catch (error) {
    if (settings.signal.aborted) return undefined;
    throw error;
  }
}

/**
 * Tells each thing once: what concerns both Deployments of a rollout comes for each. Where the traffic
 * goes is the line that changes.
 */
function teller(io: Io, narrator: Narrator, json: boolean): (event: UpEvent) => void {
  let last = '';
  return (event) => {
    if (json) {
      io.out(JSON.stringify(event));
      return;
    }
    const said = event.kind === 'event' ? `${event.reason} ${event.message}` : '';
    if (event.kind === 'traffic' && narrator.isLive) {
      narrator.show(upText(event).join());
      return;
    }
    if (said === '' || said !== last) for (const line of upText(event)) narrator.say(line);
    last = said;
  };
}
