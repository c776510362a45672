import { describe, expect, it } from 'vitest';
import { cellOf } from '../testing/results.ts';
import { Pool } from './pool.ts';

const script = (onTask: string) =>
  new URL(
    `data:text/javascript,import { parentPort, threadId } from 'node:worker_threads';
     parentPort.on('message', (task) => { ${onTask} });`,
  );
const task = (from: number) => ({ cell: cellOf({}), tuning: undefined, from, to: from + 1 });

describe('Pool', () => {
  it('gives every task its own answer, with more tasks than workers', async () => {
    const pool = new Pool(
      script('setTimeout(() => parentPort.postMessage([task.from]), 5 - task.from)'),
      2,
    );
    try {
      const answers = await Promise.all([0, 1, 2, 3, 4].map((from) => pool.run(task(from))));
      expect(answers).toEqual([[0], [1], [2], [3], [4]]);
    } finally {
      await pool.close();
    }
  });

  it('fails with what a worker threw', async () => {
    const pool = new Pool(script('throw new Error(`no cell ${task.from}`)'), 1);
    try {
      await expect(pool.run(task(7))).rejects.toThrow('no cell 7');
    } finally {
      await pool.close();
    }
  });
});
