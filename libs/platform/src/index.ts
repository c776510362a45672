/** Where releases run. */
export * from './kind/index.ts';
