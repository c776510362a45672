/** Open-loop HTTP load that opens a connection per request and counts what became of every one. */
export { startLoad } from './load.ts';
export type { Load, LoadOptions } from './load.ts';
export type { LatencySummary, TrafficReport, VersionReport } from './report.ts';
