import { setTimeout as sleep } from 'node:timers/promises';
import { startLoad, type TrafficReport } from '@canary/traffic';
import { exitCodes, UsageError, type CommandSpec } from '../command.ts';
import { boundedOption, commonOptions } from '../options.ts';

/** `canary traffic`: open-loop load, counted per version, status and failure. */
export const traffic: CommandSpec = {
  name: 'traffic',
  summary: 'send load at a constant rate and count what became of every request',
  description:
    'Sends GET requests at a constant rate, each over a connection of its own (kube-proxy balances\n' +
    'connections), and counts the answers per version and status and the failures per cause.\n' +
    'The counts so far are written every second, the final ones at the end or on SIGTERM.',
  arguments: { '<url>': 'where to, such as http://myapp-svc:5555/' },
  options: [
    { flags: '--rps <number>', description: 'requests per second, up to 2000', default: '50' },
    { flags: '--duration <seconds>', description: 'when to end', default: '60' },
    { flags: '--timeout <seconds>', description: 'when a request counts as lost', default: '10' },
    {
      flags: '--version-pattern <regexp>',
      description: 'its first group finds the version in an answer',
      default: String.raw`App Version: (\S+)`,
    },
    { ...commonOptions.output, choices: ['text', 'json'], default: 'text' },
  ],
  examples: [
    'canary traffic http://127.0.0.1:5555/ --rps 100 --duration 30',
    `canary traffic http://shop/ --version-pattern '"version":"([^"]+)"' -o json`,
  ],
  run: async (io, [url], options) => {
    const load = startLoad({
      url: urlArgument(String(url)),
      rps: boundedOption(options, 'rps', [0.1, 2000]),
      durationSeconds: boundedOption(options, 'duration', [0.1, 86_400]),
      timeoutMs: boundedOption(options, 'timeout', [0.01, 600]) * 1000,
      versionPattern: patternOption(String(options['versionPattern'])),
    });
    const write = (report: TrafficReport) => {
      io.out(options['output'] === 'json' ? JSON.stringify(report) : asText(report));
    };
    io.signal.addEventListener(
      'abort',
      () => {
        load.stop();
      },
      { once: true },
    );
    if (io.signal.aborted) load.stop();
    const over = new AbortController();
    const reporting = reportEverySecond(() => {
      write(load.report());
    }, over.signal);
    const final = await load.done;
    over.abort();
    await reporting;
    write(final);
    return exitCodes.ok;
  },
};

async function reportEverySecond(report: () => void, signal: AbortSignal): Promise<void> {
  while (await sleep(1000, true, { signal }).catch(() => false)) report();
}

function asText(report: TrafficReport): string {
  const { elapsedSeconds, sent, answered, failed, skipped, networkErrors, versions } = report;
  const parts = Object.entries(versions).map(([version, { requests, latencyMs }]) => {
    const share = ((100 * requests) / answered).toFixed(1);
    return `${version} ${requests} (${share} %, p50 ${latencyMs.p50.toFixed(0)} ms, p99 ${latencyMs.p99.toFixed(0)} ms)`;
  });
  const lost = Object.entries(networkErrors).map(([code, count]) => `${code} ${count}`);
  return [
    `${elapsedSeconds.toFixed(0).padStart(4)} s  sent ${sent}`,
    ...parts,
    `failed ${failed}`,
    `lost ${lost.length === 0 ? '0' : lost.join(', ')}`,
    ...(skipped > 0 ? [`skipped ${skipped}`] : []),
  ].join('  ');
}

function urlArgument(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new UsageError(
    `${JSON.stringify(text)} is no address: use one such as http://127.0.0.1:5555/`,
  );
}

function patternOption(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch (cause) {
    throw new UsageError(
      `--version-pattern ${JSON.stringify(text)} is no regular expression: ${(cause as Error).message}`,
      { cause },
    );
  }
}
