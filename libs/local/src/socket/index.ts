/** A platform that one process holds, for the others of this machine. */
export { servePlatform } from './serve-platform.ts';
export type { PlatformServer, ServeOptions } from './serve-platform.ts';
export { remoteLocalPlatform } from './remote-platform.ts';
export type { RemoteLocalPlatform, RemoteOptions } from './remote-platform.ts';
export { socketPath } from './socket-path.ts';
export type { HostEvent, HostInfo } from './wire.ts';
