import type { TrafficReport } from '@canary/traffic';
import pc from 'picocolors';
import type { DemoEvent, Phase, Snapshot } from './events.ts';
import { percent } from './text.ts';

const BAR_WIDTH = 36;
/** The bars show the traffic of so many milliseconds. */
const RECENT_MS = 3000;
const PHASES: readonly Phase[] = ['v1', 'canary', 'take-over'];
/** What the releases are called, in their answers and in their labels. */
const VERSIONS = { '1.0.0': '1.0', '2.0.0': 'v2.0.0' } as const;

/** Everything that the screen shows. */
export class Screen {
  readonly site: string;
  readonly said: string[] = [];
  readonly done: Phase[] = [];
  phase: Phase | undefined;
  title = '';
  snapshot: Snapshot | undefined;
  /** Reports of the last seconds, oldest first. */
  readonly recent: TrafficReport[] = [];

  constructor(site: string) {
    this.site = site;
  }

  hear(event: DemoEvent): void {
    if (event.kind === 'said') {
      this.said.push(event.text);
    } else if (event.kind === 'phase') {
      this.finish();
      this.phase = event.phase;
      this.title = event.title;
    } else {
      this.snapshot = event.snapshot;
      const { traffic } = event.snapshot;
      if (traffic) this.recent.push(traffic);
      while (this.recent.length > 1 && this.recent[0]!.at < this.recent.at(-1)!.at - RECENT_MS) {
        this.recent.shift();
      }
    }
  }

  /** The phase under way is over. */
  finish(): void {
    if (this.phase) this.done.push(this.phase);
    this.phase = undefined;
  }
}

/** The screen as lines of text, with colours where the terminal has them. */
export function screenText(screen: Screen, seconds: number): string {
  const { site, snapshot, said } = screen;
  const time = `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
  return [
    `${pc.bold('Canary release of myapp')} on ${site}  ${pc.dim(time)}`,
    '',
    ...phaseLines(screen),
    ...(snapshot ? ['', ...releaseLines(snapshot, screen.recent), '', ...totals(snapshot)] : []),
    ...(said.length > 0 ? ['', ...said.map((text) => pc.dim(`  ${text}`))] : []),
  ].join('\n');
}

function phaseLines({ phase, title, done }: Screen): string[] {
  const back = phase === 'roll back' || done.includes('roll back');
  const shown: readonly Phase[] = back ? ['v1', 'canary', 'roll back'] : PHASES;
  return shown.map((name) => {
    if (done.includes(name)) return `  ${pc.green('✔')} ${name}`;
    if (name === phase) return `  ${pc.yellow('▶')} ${pc.bold(name.padEnd(10))} ${title}`;
    return pc.dim(`    ${name}`);
  });
}

function releaseLines(
  { workloads, traffic, split }: Snapshot,
  recent: readonly TrafficReport[],
): string[] {
  const shares = recentShares(recent);
  const rows = workloads.map(({ release, replicas, readyReplicas }) => {
    const version = VERSIONS[release as keyof typeof VERSIONS];
    const colour = release === '1.0.0' ? pc.cyan : pc.yellow;
    const share = shares[version];
    const bar = '█'.repeat(Math.round((share ?? 0) * BAR_WIDTH));
    return [
      `  ${colour(release.padEnd(9))}`,
      `${readyReplicas}/${replicas}`.padEnd(8),
      String(traffic?.versions[version]?.requests ?? 0).padEnd(10),
      share === undefined ? '' : `${percent(share).padStart(7)} ${colour(bar)}`,
    ].join('');
  });
  const header = `  ${'release'.padEnd(9)}${'ready'.padEnd(8)}${'requests'.padEnd(10)}  share of the traffic now`;
  return [pc.dim(header), ...rows, ...(split ? [pc.dim(`  canary: ${intervalText(split)}`)] : [])];
}

function intervalText({
  observed,
  replicaShare,
  requests,
}: NonNullable<Snapshot['split']>): string {
  const { share, low, high } = observed;
  return `${percent(share)} of ${requests} requests since it came [${percent(low)} to ${percent(high)}, 95 %]; the replicas allow ${percent(replicaShare)}`;
}

/** Each version's share of the requests that were answered within the recent seconds. */
function recentShares(recent: readonly TrafficReport[]): Readonly<Record<string, number>> {
  const [first, last] = [recent[0], recent.at(-1)];
  const answered = (last?.answered ?? 0) - (first?.answered ?? 0);
  if (!first || !last || answered === 0) return {};
  return Object.fromEntries(
    Object.entries(last.versions).map(([version, { requests }]) => [
      version,
      (requests - (first.versions[version]?.requests ?? 0)) / answered,
    ]),
  );
}

function totals({ targets, traffic }: Snapshot): string[] {
  const up = targets.filter(({ health }) => health === 'up').length;
  const down = targets.filter(({ health }) => health === 'down');
  const reasons = [...new Set(down.map(({ error }) => error ?? ''))].join('; ');
  const downText = down.length > 0 ? `, ${pc.red(`${down.length} DOWN`)} ${pc.dim(reasons)}` : '';
  const lost = Object.values(traffic?.networkErrors ?? {}).reduce((sum, count) => sum + count, 0);
  const count = (number: number, word: string) =>
    number > 0 ? pc.red(`${number} ${word}`) : `0 ${word}`;
  return [
    ...(targets.length > 0 ? [`  targets   ${pc.green(`${up} UP`)}${downText}`] : []),
    ...(traffic
      ? [
          `  requests  ${traffic.sent} sent, ${count(traffic.failed, 'failed')}, ${count(lost, 'lost')}`,
        ]
      : []),
  ];
}
