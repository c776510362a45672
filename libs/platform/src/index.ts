/** Where releases run: processes of this machine, behind one port. */
export * from './local/index.ts';
