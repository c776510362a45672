import { detectMetrics, exposedBy } from '@canary/observation';
import { isReplica, type Look, type Workload } from '@canary/rollout';
import { exitCodes, type CommandSpec } from '../command.ts';
import { appOptions, commonOptions, textOption } from '../options.ts';
import { findStable } from '../release/find-stable.ts';
import { exposingObserver } from '../release/judge-of.ts';
import { judgingOptions } from '../release/judging-options.ts';
import { judgingHere, judgingOf } from '../release/judging.ts';
import { foundLines, type Found } from '../release/found-text.ts';
import { withSite } from '../site/with-site.ts';

/** Options that say where metrics are looked for, and which of them are named. */
const LOOKED_FOR =
  /^--(?:judge-from|metrics-port|metrics-path|prometheus|prometheus-header-file|requests-metric|status-label|error-status|latency-metric|latency-unit|in-flight-metric|where) /;

/** `canary metrics`: what the pods expose, and what a release would be judged by. */
export const metrics: CommandSpec = {
  name: 'metrics',
  summary: 'show what the pods expose, and what a release would be judged by',
  description:
    'Looks at all that the pods of the app expose, release by release, and shows what counts requests,\n' +
    'which label tells how they went, where response times are, what is about requests and is ignored,\n' +
    'and why. A release is judged by what is found on the stable one; what is named goes before it.',
  options: [
    { flags: '--stable <name>', description: 'Deployment that has the traffic' },
    ...judgingOptions.filter(({ flags }) => LOOKED_FOR.test(`${flags} `)),
    ...appOptions,
    { ...commonOptions.output, choices: ['text', 'json'], default: 'text' },
  ],
  examples: [
    'canary metrics',
    'canary metrics --app shop -n shop --metrics-port 9090',
    'canary metrics --requests-metric orders_total -o json',
    'canary metrics --on local',
  ],
  run: (io, _, options) =>
    withSite(io, options, async (place) => {
      const [workloads, hasPrometheus] = await Promise.all([
        place.site.platform.list(place.selector),
        place.site.hasPrometheus(),
      ]);
      const stable = findStable(place, workloads, textOption(options, 'stable'));
      const judging = judgingHere(judgingOf(options), hasPrometheus);
      const observer = await exposingObserver(place, judging);
      const look = await observer.look(io.signal);
      const others = workloads.filter(
        ({ replicas, release }) => replicas > 0 && release !== stable.release,
      );
      const found = [stable, ...others].map((one) => foundOn(look, one, judging.series));
      if (options['output'] === 'json') io.out(JSON.stringify(found, null, 2));
      else for (const line of foundLines(found)) io.out(line);
      return found[0]?.requests ? exitCodes.ok : exitCodes.error;
    }),
};

const NO_PORT = 'it has no such port, or declares none: name one by --metrics-port';

function foundOn(
  look: Look,
  { release, ref, pods }: Workload,
  named: Parameters<typeof detectMetrics>[1],
): Found {
  const of = <One extends { readonly release: string }>(all: readonly One[]) =>
    all.filter((one) => one.release === release);
  const { requests, latency, inFlight, why, ignored, uncounted } = detectMetrics(
    exposedBy(of(look.samples)),
    named,
  );
  const targets = of(look.targets).map(({ pod, url, health, error }) => ({
    pod,
    url,
    health,
    error,
  }));
  const unreached = pods
    .filter((pod) => isReplica(pod) && !targets.some((target) => target.pod === pod.name))
    .map(({ name }) => ({ pod: name, url: '', health: 'unknown' as const, error: NO_PORT }));
  return {
    ...{ release, deployment: ref.name },
    pods: [...targets, ...unreached],
    requests: requests && { ...requests, preset: requests.preset.name },
    ...{ latency, inFlight, why, uncounted, ignored },
  };
}
