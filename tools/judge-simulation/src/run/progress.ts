import type { Progress } from './run-cells.ts';

/** Where progress is shown. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Plain lines come so many seconds apart. */
const EVERY_SECONDS = 20;

/** Shows how many runs are done: in place on a terminal, else as a plain line every 20 seconds. */
export function progressOn(screen: Screen, total: number, now: () => number): Progress {
  const start = now();
  let done = 0;
  let shownAt = start;
  return (more) => {
    done += more;
    const isLast = done === total;
    const isDue = now() - shownAt >= EVERY_SECONDS * 1000;
    if (screen.isTTY !== true && !isDue && !isLast) return;
    shownAt = now();
    const seconds = (now() - start) / 1000;
    const left = (seconds / done) * (total - done);
    const share = Math.floor((100 * done) / total);
    const line = `${share} %: ${done} of ${total} releases in ${clock(seconds)}, ${clock(left)} left`;
    if (screen.isTTY === true) screen.write(`\r\u001b[K${line}${isLast ? '\n' : ''}`);
    else screen.write(`${line}\n`);
  };
}

/** 1:05 for 65 seconds. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
