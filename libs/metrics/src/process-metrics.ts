import type { Metric } from 'prom-client';
import type { MetricDefinition } from './definitions.ts';
import { readOnCollect } from './read-on-collect.ts';

const startSeconds = Date.now() / 1000 - process.uptime();

const definitions: readonly (MetricDefinition & { value: () => number })[] = [
  {
    name: 'process_start_time_seconds',
    help: 'Start time of the process since the Unix epoch, in seconds; a change of it is a restart.',
    type: 'gauge',
    labels: [],
    value: () => startSeconds,
  },
  {
    name: 'process_cpu_seconds_total',
    help: 'User and system CPU time spent, in seconds.',
    type: 'counter',
    labels: [],
    value: () => (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
  },
  {
    name: 'process_resident_memory_bytes',
    help: 'Resident memory size, in bytes.',
    type: 'gauge',
    labels: [],
    value: () => process.memoryUsage.rss(),
  },
];

/**
 * The process metrics that every Prometheus client has. prom-client's own default set is not used:
 * its `nodejs_active_*_total` are gauges with a counter's name, which `promtool check metrics`
 * rejects, and it watches the event loop and the garbage collector all the time for nobody.
 */
export function processMetrics(): Metric[] {
  return definitions.map((definition) =>
    readOnCollect(definition, () => [
      { metricName: definition.name, labels: {}, value: definition.value() },
    ]),
  );
}
