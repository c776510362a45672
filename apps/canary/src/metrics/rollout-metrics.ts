import { readOnCollect, type Sample } from '@canary/metrics';
import type { RolloutRecord, Verdict, Workload } from '@canary/rollout';
import { Registry } from 'prom-client';
import { rolloutMetricDefinitions, type RolloutMetric } from './definitions.ts';
import { samplesOf, type Value } from './samples-of.ts';

/** The metrics of one driver. */
export interface RolloutMetrics {
  /** Takes in the record as it was saved. */
  take(record: RolloutRecord): void;
  /** All metrics in Prometheus' text format, with the replicas as they are now. */
  text(): Promise<string>;
  readonly contentType: string;
}

const VERDICTS: readonly Verdict[] = ['promote', 'roll back', 'hold', 'no data', 'undecided'];

/**
 * `canary_rollout_*`, read off the record as it was saved last: nothing is kept twice, and a driver
 * that resumes goes on where the one before was, but for what it counts itself.
 *
 * @param workloads the app's releases now
 */
export function rolloutMetrics(
  app: string,
  workloads: () => Promise<readonly Workload[]>,
): RolloutMetrics {
  const registry = new Registry();
  const counted = { errors: 0, verdicts: new Map(VERDICTS.map((verdict) => [verdict, 0])) };
  let last: RolloutRecord | undefined;
  let values: Readonly<Partial<Record<RolloutMetric, readonly Value[]>>> = {};

  for (const [metric, definition] of Object.entries(rolloutMetricDefinitions)) {
    const samples = () =>
      (values[metric as RolloutMetric] ?? []).map(([labels, value]): Sample => ({
        metricName: definition.name,
        labels: { appname: app, ...labels },
        value,
      }));
    registry.registerMetric(readOnCollect(definition, samples));
  }

  return {
    contentType: registry.contentType,
    take: (record) => {
      const { opinion, at, failure } = record.observation;
      const before = last?.observation;
      if (last && failure && failure.at !== before?.failure?.at) counted.errors++;
      if (last && opinion && at !== before?.at) {
        const { verdicts } = counted;
        verdicts.set(opinion.verdict, (verdicts.get(opinion.verdict) ?? 0) + 1);
      }
      last = record;
    },
    text: async () => {
      // Without an answer the share of the replicas is not known; all else is.
      if (last) values = samplesOf(last, await workloads().catch(() => []));
      values = {
        ...values,
        lookErrors: [[{}, counted.errors]],
        verdicts: [...counted.verdicts].map(([verdict, count]) => [{ verdict }, count]),
      };
      return registry.metrics();
    },
  };
}
