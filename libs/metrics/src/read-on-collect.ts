import type { Metric, MetricValueWithName } from 'prom-client';
import type { MetricDefinition } from './definitions.ts';

/** One line of the exposition. */
export type Sample = MetricValueWithName<string>;

/** A metric that keeps nothing itself: its samples are read where they are, whenever prom-client collects. */
export function readOnCollect(definition: MetricDefinition, samples: () => Sample[]): Metric {
  const { name, help, type } = definition;
  const metric = {
    name,
    help,
    type,
    get: () => Promise.resolve({ name, help, type, values: samples(), aggregator: 'sum' }),
  };
  // prom-client types its registry by its own classes and uses of them what stands here.
  return metric as unknown as Metric;
}
