/** Where releases run: kind clusters, and processes of this machine, behind one port. */
export * from './kind/index.ts';
export * from './local/index.ts';
