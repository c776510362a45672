/** The embedded platform: the very objects of a cluster, run as processes of this machine. */
export { startLocalPlatform } from './start-local-platform.ts';
export type { LocalPlatformOptions } from './start-local-platform.ts';
export type { LocalPlatform } from './local-platform.ts';
export type { Command, ContainerContext, ImageRunner } from './images.ts';
export { ImageCommands, remedy } from './image-commands.ts';
export type { ImageCommand } from './image-commands.ts';
export type { ServicePort } from './service.ts';
export { fileStore } from './file-store.ts';
export { withLocalDiscovery } from './prometheus-config.ts';
export { knownImages, prometheusImage } from './known-images.ts';
export { knowsKind } from './read-object.ts';
export * from './socket/index.ts';
