import { execFileSync } from 'node:child_process';

/** A process of this machine, with its environment where it is ours. */
interface Process {
  readonly pid: number;
  readonly text: string;
}

/** The processes whose command or environment has the text, this one left out. */
export function processesWith(text: string): readonly Process[] {
  // Linux and macOS alike: all processes, with their environments, as wide as they are.
  const table = execFileSync('ps', ['axeww', '-o', 'pid=,command='], {
    encoding: 'utf8',
    maxBuffer: 64e6,
  });
  return table
    .split('\n')
    .filter((line) => line.includes(text))
    .map((line) => ({ pid: Number.parseInt(line, 10), text: line }))
    .filter(({ pid, text: line }) => pid !== process.pid && !line.includes('ps axeww'));
}
