/** The rollout: the ports that it needs handed in. */
export type * from './ports/observer.ts';
export type * from './ports/platform.ts';
export type * from './ports/store.ts';
export { ConflictError } from './ports/store.ts';
