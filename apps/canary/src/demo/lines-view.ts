import type { DemoEvent, Snapshot } from './events.ts';
import { splitText } from './text.ts';
import type { View } from './view.ts';

const SNAPSHOT_EVERY_MS = 5000;

/** Plain lines, for pipes and logs: what is said, and how things are every five seconds. */
export function linesView(out: (line: string) => void): View {
  const start = performance.now();
  let shownAt = start;
  const line = (text: string) => {
    out(`${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s  ${text}`);
  };
  return {
    tell: (event: DemoEvent) => {
      if (event.kind === 'phase') line(`${event.phase}: ${event.title}`);
      else if (event.kind === 'said') line(`  ${event.text}`);
      else if (event.snapshot.traffic && performance.now() - shownAt >= SNAPSHOT_EVERY_MS) {
        shownAt = performance.now();
        line(`  ${snapshotText(event.snapshot)}`);
      }
    },
    end: () => undefined,
  };
}

function snapshotText({ workloads, traffic, split, targets }: Snapshot): string {
  const releases = workloads.map(
    ({ release, replicas, readyReplicas }) => `${release} ${readyReplicas}/${replicas}`,
  );
  const up = targets.filter(({ health }) => health === 'up').length;
  return [
    `${releases.join(', ')} ready`,
    `${traffic?.sent ?? 0} requests`,
    `${up} of ${targets.length} targets UP`,
    ...(split ? [`canary ${splitText(split)}`] : []),
  ].join('; ');
}
