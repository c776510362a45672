import type { Cluster } from '@canary/kubernetes';
import { describe, expect, it } from 'vitest';
import { lookAtPrometheus } from './prometheus-check.ts';

interface Target {
  readonly pod: string;
  readonly lastError?: string;
  readonly namespace?: string;
}

/** A cluster whose Prometheus has these targets, and whose namespace `canary` has these pods. */
function clusterWith(
  targets: readonly Target[],
  pods: readonly string[],
  leaving: readonly string[] = [],
) {
  const activeTargets = targets.map(({ pod, lastError = '', namespace = 'canary' }) => ({
    labels: { kubernetes_namespace: namespace, kubernetes_pod_name: pod },
    discoveredLabels: {},
    scrapeUrl: `http://${pod}:5555/metrics`,
    health: lastError === '' ? 'up' : 'down',
    lastError,
    lastScrape: '2026-01-01T00:00:00Z',
  }));
  const items = [
    ...pods.map((name) => ({ metadata: { name } })),
    ...leaving.map((name) => ({ metadata: { name, deletionTimestamp: '2026-01-01T00:00:00Z' } })),
  ];
  const answer = { status: 'success', data: { activeTargets } };
  return {
    server: 'https://cluster.example',
    request: ({ path }: { path: string }) =>
      Promise.resolve(path.endsWith('/pods') ? { items } : {}),
    send: () => Promise.resolve(Response.json(answer)),
  } as unknown as Cluster;
}

describe('lookAtPrometheus', () => {
  it('counts the targets', async () => {
    const cluster = clusterWith([{ pod: 'a' }, { pod: 'b' }], ['a', 'b']);
    expect(await lookAtPrometheus(cluster, 'canary')).toBe('2 of 2 targets are UP');
  });

  it('names each that is DOWN, with its reason', async () => {
    const targets = [{ pod: 'a', lastError: '404' }, { pod: 'b' }, { pod: 'c', lastError: 'EOF' }];
    await expect(lookAtPrometheus(clusterWith(targets, ['a', 'b', 'c']), 'canary')).rejects.toThrow(
      '1 of 3 targets are UP: http://a:5555/metrics: 404; http://c:5555/metrics: EOF',
    );
  });

  it('names ten, and how many more there are', async () => {
    const targets = Array.from({ length: 12 }, (_, i) => ({ pod: `p${i}`, lastError: 'EOF' }));
    const pods = targets.map(({ pod }) => pod);
    await expect(lookAtPrometheus(clusterWith(targets, pods), 'canary')).rejects.toThrow(
      /^0 of 12 targets are UP: .*p9:5555\/metrics: EOF; and 2 more$/,
    );
  });

  it('does not miss pods that are gone or leaving', async () => {
    const down = { lastError: 'context deadline exceeded' };
    const targets = [{ pod: 'a' }, { pod: 'gone', ...down }, { pod: 'leaving', ...down }];
    const cluster = clusterWith(targets, ['a'], ['leaving']);
    expect(await lookAtPrometheus(cluster, 'canary')).toBe('1 of 1 targets are UP');
  });

  it('leaves the pods of other namespaces as Prometheus has them', async () => {
    const targets = [{ pod: 'a' }, { pod: 'b', namespace: 'shop', lastError: 'EOF' }];
    await expect(lookAtPrometheus(clusterWith(targets, ['a']), 'canary')).rejects.toThrow(
      '1 of 2 targets are UP: http://b:5555/metrics: EOF',
    );
  });
});
