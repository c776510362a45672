/** Where releases run: kind clusters, and processes of this machine, behind one port. */
export { systemClock } from './clock.ts';
export * from './kind/index.ts';
export * from './local/index.ts';
export * from './socket/index.ts';
