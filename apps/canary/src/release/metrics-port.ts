import type { Options } from '../command.ts';
import { wholeOption } from '../options.ts';

/** Where a driver serves its metrics. */
export const metricsPortOption = {
  flags: '--serve-metrics <number>',
  description: 'serve canary_rollout_* at /metrics of this port',
};

/** The port that the options name; undefined where they name none. */
export function metricsPortOf(options: Options): number | undefined {
  return options['serveMetrics'] === undefined
    ? undefined
    : wholeOption(options, 'serve-metrics', [0, 65_535]);
}
