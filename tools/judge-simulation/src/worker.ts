import { parentPort } from 'node:worker_threads';
import type { Task } from './run/pool.ts';
import { runTask } from './run/task.ts';

parentPort?.on('message', (task: Task) => {
  parentPort?.postMessage(runTask(task));
});
