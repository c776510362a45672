/** What the tests of several projects share. */
export { runPromtool } from './promtool.ts';
export { readyPod, workloadOf } from './workloads.ts';
