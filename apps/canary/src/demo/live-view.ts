import { createLogUpdate } from 'log-update';
import pc from 'picocolors';
import type { DemoEvent, Phase, Snapshot } from './events.ts';
import { percent } from './text.ts';
import type { View } from './view.ts';

const BAR_WIDTH = 40;
const PHASES: readonly Phase[] = ['v1', 'canary', 'take-over'];

/** One screen that is drawn again a few times a second, for a terminal. */
export function liveView(stream: NodeJS.WriteStream, stage: string): View {
  const draw = createLogUpdate(stream, { showCursor: false });
  const start = performance.now();
  const screen: Screen = {
    stage,
    phase: undefined,
    title: '',
    said: [],
    snapshot: undefined,
    done: new Set(),
  };
  return {
    tell: (event) => {
      hear(screen, event);
      draw(screenText(screen, (performance.now() - start) / 1000));
    },
    end: () => {
      draw.done();
    },
  };
}

/** What is on the screen. */
export interface Screen {
  readonly stage: string;
  phase: Phase | undefined;
  title: string;
  readonly said: string[];
  snapshot: Snapshot | undefined;
  readonly done: Set<Phase>;
}

function hear(screen: Screen, event: DemoEvent): void {
  if (event.kind === 'now') screen.snapshot = event.snapshot;
  else if (event.kind === 'said') screen.said.push(event.text);
  else {
    if (screen.phase) screen.done.add(screen.phase);
    screen.phase = event.phase;
    screen.title = event.title;
  }
}

/** The screen as text. */
export function screenText(screen: Screen, seconds: number): string {
  const { stage, snapshot, said } = screen;
  const time = `${String(Math.floor(seconds / 60))}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
  return [
    `${pc.bold('Canary release of myapp')} on ${stage}  ${pc.dim(time)}`,
    '',
    ...phaseLines(screen),
    '',
    ...(snapshot
      ? [...releaseLines(snapshot), '', ...targetLines(snapshot), requestLine(snapshot)]
      : []),
    ...(said.length > 0 ? ['', ...said.map((text) => pc.dim(`  ${text}`))] : []),
  ].join('\n');
}

function phaseLines({ phase, title, done }: Screen): string[] {
  const shown = phase === 'roll back' ? (['v1', 'canary', 'roll back'] as const) : PHASES;
  return shown.map((name) => {
    if (done.has(name)) return `  ${pc.green('✔')} ${name}`;
    if (name === phase) return `  ${pc.yellow('▶')} ${pc.bold(name.padEnd(10))} ${title}`;
    return pc.dim(`    ${name}`);
  });
}

function releaseLines({ workloads, traffic, split }: Snapshot): string[] {
  const header = pc.dim(
    `  ${'release'.padEnd(9)}${'ready'.padEnd(8)}${'requests'.padEnd(10)}share since the canary came`,
  );
  const rows = workloads.map(({ release, replicas, readyReplicas }, index) => {
    const version = index === 0 && workloads[0]?.release === '1.0.0' ? '1.0' : 'v2.0.0';
    const requests = traffic?.versions[version]?.requests ?? 0;
    const share = split && (version === '1.0' ? 1 - split.observed.share : split.observed.share);
    const colour = version === '1.0' ? pc.blue : pc.yellow;
    const bar =
      share === undefined
        ? ''
        : `${percent(share).padStart(7)} ${colour('█'.repeat(Math.round(share * BAR_WIDTH)))}`;
    return `  ${colour(release.padEnd(9))}${`${readyReplicas}/${replicas}`.padEnd(8)}${String(requests).padEnd(10)}${bar}`;
  });
  const interval = split
    ? [
        `  ${' '.repeat(27)}${pc.dim(`canary: ${percent(split.observed.low)} to ${percent(split.observed.high)} (95 %); the replicas allow ${percent(split.replicaShare)}`)}`,
      ]
    : [];
  return [header, ...rows, ...interval];
}

function targetLines({ targets }: Snapshot): string[] {
  if (targets.length === 0) return [];
  const up = targets.filter(({ health }) => health === 'up').length;
  const down = targets.filter(({ health }) => health === 'down');
  const reasons = [...new Set(down.map(({ error }) => error ?? ''))].join('; ');
  const text = down.length > 0 ? `, ${pc.red(`${down.length} DOWN`)} ${pc.dim(reasons)}` : '';
  return [`  targets   ${pc.green(`${up} UP`)}${text}`];
}

function requestLine({ traffic }: Snapshot): string {
  if (!traffic) return '';
  const lost = Object.values(traffic.networkErrors).reduce((sum, count) => sum + count, 0);
  const bad = (count: number, word: string) =>
    count > 0 ? pc.red(`${count} ${word}`) : `0 ${word}`;
  return `  requests  ${traffic.sent} sent, ${bad(traffic.failed, 'failed')}, ${bad(lost, 'lost')}`;
}
