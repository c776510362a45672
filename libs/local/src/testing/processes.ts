import { execFileSync } from 'node:child_process';

/** A running process of this machine. */
export interface RunningProcess {
  readonly pid: number;
  /** The leader of its process group. */
  readonly group: number;
  /** The command with its arguments. */
  readonly command: string;
}

/** What runs at this moment; a process that has ended and that nobody has asked about does not. */
export function runningProcesses(): RunningProcess[] {
  const table = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,pgid=,stat=,args='], {
    encoding: 'utf8',
  });
  return table.split('\n').flatMap((line) => {
    const [pid, group, state, ...command] = line.trim().split(/\s+/);
    return state === undefined || state.startsWith('Z')
      ? []
      : [{ pid: Number(pid), group: Number(group), command: command.join(' ') }];
  });
}
