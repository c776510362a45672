import type { RolloutRecord } from '@canary/rollout';
import { createLogUpdate } from 'log-update';
import type { Io } from '../command.ts';
import { liveLine } from './live-line.ts';
import { newLines, transitionLines } from './narrate.ts';

/** Tells a person how things go: lines that stay and, on a terminal, below them one that changes. */
export interface Narrator {
  /** Somebody sees the line that changes. */
  readonly isLive: boolean;
  /** Writes a line that stays. */
  say(line: string): void;
  /** The same to where errors go. */
  warn(line: string): void;
  /** Changes the last line; none with `undefined`. */
  show(line: string | undefined): void;
  /** Takes the last line away; to be called before anything else is written. */
  end(): void;
}

/** A narrator on the terminal, or, without one, of lines alone. */
export function narratorOf({ terminal, out, err }: Pick<Io, 'terminal' | 'out' | 'err'>): Narrator {
  if (!terminal) {
    const nothing = () => undefined;
    return { isLive: false, say: out, warn: err, show: nothing, end: nothing };
  }
  // A hidden cursor brings handlers of signals that end the process before a driver has let go.
  const draw = createLogUpdate(terminal, { showCursor: true });
  let shown = '';
  const show = (line: string | undefined) => {
    if (line === undefined) draw.clear();
    // A line that is wrapped is not one line.
    else draw(line.slice(0, Math.max(1, (terminal.columns || 80) - 1)));
    shown = line ?? '';
  };
  const above = (write: (line: string) => void) => (line: string) => {
    draw.clear();
    write(line);
    if (shown !== '') show(shown);
  };
  return {
    isLive: true,
    say: above(out),
    warn: above(err),
    show,
    end: () => {
      show(undefined);
    },
  };
}

/** Tells what is new in a record since an earlier one. */
export function narrate(
  narrator: Narrator,
  { before, now, at }: { before: RolloutRecord; now: RolloutRecord; at: number },
): void {
  const lines = narrator.isLive ? transitionLines(before, now) : newLines(before, now);
  for (const line of lines) narrator.say(line);
  narrator.show(liveLine(now, at));
}
