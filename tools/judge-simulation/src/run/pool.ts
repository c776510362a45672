import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Tuning } from '../peers/tuning.ts';
import type { Cell } from './cells.ts';
import type { Run } from './simulate.ts';

/** Some runs of one cell, for one worker. */
export interface Task {
  readonly cell: Cell;
  readonly tuning: Tuning | undefined;
  readonly from: number;
  readonly to: number;
}

/** Who simulates: workers, or in a test this very thread. */
export interface Simulator {
  /** @param onStart called as soon as a worker takes the task up */
  run(task: Task, onStart?: () => void): Promise<readonly Run[]>;
}

/** A worker per core; a task goes to the next one that is free. */
export class Pool implements Simulator {
  readonly #free: Worker[] = [];
  readonly #waiting: ((worker: Worker) => void)[] = [];
  readonly #workers: readonly Worker[];

  constructor(script: URL, size = availableParallelism()) {
    this.#workers = Array.from({ length: size }, () => new Worker(script));
    this.#free.push(...this.#workers);
  }

  /** @throws what the worker threw */
  async run(task: Task, onStart?: () => void): Promise<readonly Run[]> {
    const worker =
      this.#free.pop() ?? (await new Promise<Worker>((take) => this.#waiting.push(take)));
    try {
      return await new Promise((resolve, reject) => {
        worker.once('error', reject);
        worker.once('message', (runs: readonly Run[]) => {
          worker.off('error', reject);
          resolve(runs);
        });
        onStart?.();
        worker.postMessage(task);
      });
    } finally {
      const next = this.#waiting.shift();
      if (next) next(worker);
      else this.#free.push(worker);
    }
  }

  /** How many tasks are done at the same time. */
  get size(): number {
    return this.#workers.length;
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}
