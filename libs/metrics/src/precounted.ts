import type { Metric } from 'prom-client';
import { durationBuckets, metricDefinitions } from './definitions.ts';
import type { InFlight } from './in-flight.ts';
import { readOnCollect, type Sample } from './read-on-collect.ts';
import type { RequestCounts, RouteCounts } from './request-counts.ts';

/**
 * The request metrics as prom-client wants them, read off the counts when it collects.
 * prom-client's own counters hash their labels at every increment, which halved the throughput of
 * a small service; see the benchmark `npx nx run bench:counting`.
 */
export function precounted(counts: RequestCounts, open: InFlight): Metric[] {
  const { requests, processing, duration, inFlight } = metricDefinitions;
  return [
    readOnCollect(requests, () => [...counts.routes()].flatMap(requestSamples)),
    readOnCollect(processing, () => processingSamples([...counts.routes()])),
    readOnCollect(duration, () => [...counts.routes()].flatMap(durationSamples)),
    readOnCollect(inFlight, () => open.counts().map(openSample)),
  ];
}

function requestSamples({ method, endpoint, byStatus }: RouteCounts): Sample[] {
  const metricName = metricDefinitions.requests.name;
  return [...byStatus].map(([status, value]) => ({
    metricName,
    labels: { method, endpoint, status },
    value,
  }));
}

function processingSamples(routes: readonly RouteCounts[]): Sample[] {
  const { name } = metricDefinitions.processing;
  const seconds = routes.reduce((sum, route) => sum + route.seconds, 0);
  const count = routes.reduce((sum, route) => sum + total(route), 0);
  return [
    { metricName: `${name}_sum`, labels: {}, value: seconds },
    { metricName: `${name}_count`, labels: {}, value: count },
  ];
}

function durationSamples(route: RouteCounts): Sample[] {
  const { name } = metricDefinitions.duration;
  const labels = { method: route.method, endpoint: route.endpoint };
  let cumulative = 0;
  const buckets = route.buckets.map((count, index) => {
    cumulative += count;
    const le = durationBuckets[index] ?? '+Inf';
    return { metricName: `${name}_bucket`, labels: { le, ...labels }, value: cumulative };
  });
  return [
    ...buckets,
    { metricName: `${name}_sum`, labels, value: route.seconds },
    { metricName: `${name}_count`, labels, value: cumulative },
  ];
}

function openSample({ method, endpoint, open }: ReturnType<InFlight['counts']>[number]): Sample {
  return { metricName: metricDefinitions.inFlight.name, labels: { method, endpoint }, value: open };
}

function total(route: RouteCounts): number {
  return route.buckets.reduce((sum, count) => sum + count, 0);
}
