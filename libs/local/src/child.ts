import { spawn, type ChildProcess } from 'node:child_process';

/** What a {@link Child} is started with. */
export interface ChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Open file descriptor that standard output and error are written to. */
  readonly log: number;
}

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Set where it could not be started at all. */
  readonly error?: Error;
}

/**
 * A watcher that lives beside the command, in its process group, and waits for the end of a pipe
 * whose other end only this process holds. That comes however this process dies, `kill -9`
 * included, and the watcher then kills the whole group. It is a shell's subprocess of under 1 MB,
 * forked twice so that the command itself never finds a child that it does not know.
 */
const LIFELINE = '( ( read -r end <&3; kill -9 -$$ ) & ); exec "$@" 3<&-';

/**
 * A process that does not outlive this one. It has a process group of its own, so that Ctrl-C in
 * a terminal reaches it only through whoever owns it, and so that its own children end with it.
 *
 * What holds: this process dies in any way, and the group is killed by the watcher; the watcher is
 * killed, and the group is killed from here; the command ends, and the rest of its group is killed.
 * What does not: both this process and the watcher killed at the same instant.
 */
export class Child {
  readonly exited: Promise<Exit>;
  readonly #process: ChildProcess;
  #ended = false;

  constructor({ command, args, env, cwd, log }: ChildOptions) {
    this.#process = spawn('/bin/sh', ['-c', LIFELINE, 'sh', command, ...args], {
      env,
      cwd,
      detached: true,
      stdio: ['ignore', log, log, 'pipe'],
    });
    this.exited = new Promise((resolve) => {
      this.#process.once('exit', (code, signal) => {
        this.#killGroup();
        this.#ended = true;
        resolve({ code, signal });
      });
      this.#process.once('error', (error) => {
        this.#ended = true;
        resolve({ code: null, signal: null, error });
      });
    });
    const lifeline = this.#process.stdio[3];
    lifeline?.on('error', () => undefined);
    lifeline?.once('close', () => {
      this.kill();
    });
    if (lifeline && 'resume' in lifeline) lifeline.resume();
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Asks the command, and it alone, to end. */
  terminate(): void {
    this.#process.kill('SIGTERM');
  }

  /** Ends the command and everything that it started. */
  kill(): void {
    if (!this.#ended) this.#killGroup();
  }

  #killGroup(): void {
    if (this.#process.pid === undefined) return;
    try {
      process.kill(-this.#process.pid, 'SIGKILL');
    } catch {
      // Nothing of the group is left.
    }
  }
}
