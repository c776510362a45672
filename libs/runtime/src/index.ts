/** What several adapters need of Node. */
export { lines } from './lines.ts';
export { systemClock } from './system-clock.ts';
