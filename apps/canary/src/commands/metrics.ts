import { detectMetrics, exposedBy } from '@canary/observation';
import { isReplica, type Look, type Pod, type Workload } from '@canary/rollout';
import { exitCodes, type CommandSpec } from '../command.ts';
import { appOptions, commonOptions, targetArgument, textOption } from '../options.ts';
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
  arguments: targetArgument,
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
    'canary metrics deploy/shop',
    'canary metrics --on local',
  ],
  run: (io, [target], options) =>
    withSite(
      io,
      options,
      async (place) => {
        const [workloads, hasPrometheus] = await Promise.all([
          place.site.platform.list(place.selector),
          place.site.hasPrometheus(),
        ]);
        const stable = findStable(place, workloads, textOption(options, 'stable'));
        const judging = judgingHere(judgingOf(options), hasPrometheus);
        const observer = await exposingObserver(place, judging);
        const look = await observer.look(io.signal);
        const found = releasesOf(workloads, stable, place.names.naming?.stable.release).map((one) =>
          foundOn(look, one, judging.series),
        );
        if (options['output'] === 'json') io.out(JSON.stringify(found, null, 2));
        else for (const line of foundLines(found)) io.out(line);
        return found[0]?.requests ? exitCodes.ok : exitCodes.error;
      },
      target,
    ),
};

/** The pods of one release, whichever Deployment has them: one in place has those of two for a while. */
interface Pods {
  readonly release: string;
  readonly deployment: string;
  readonly pods: readonly Pod[];
}

/** The releases that have pods, the stable one first. */
function releasesOf(
  workloads: readonly Workload[],
  stable: Workload,
  before: string | undefined,
): Pods[] {
  // While it takes the new template over, it is called by that, and has pods of before.
  const isLeft =
    before !== undefined && stable.pods.some((pod) => isReplica(pod) && pod.release === before);
  const releases = new Map<string, Pods>();
  const add = (release: string, deployment: string, pods: readonly Pod[]) => {
    const known = releases.get(release) ?? { release, deployment, pods: [] };
    releases.set(release, { ...known, pods: [...known.pods, ...pods] });
  };
  add(isLeft ? before : stable.release, stable.ref.name, []);
  const others = workloads.filter((one) => one !== stable && one.replicas > 0);
  for (const { ref, release, pods } of [stable, ...others])
    for (const pod of pods) add(pod.release ?? release, ref.name, [pod]);
  return [...releases.values()];
}

const NO_PORT = 'it has no such port, or declares none: name one by --metrics-port';

function foundOn(
  look: Look,
  { release, deployment, pods }: Pods,
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
    ...{ release, deployment },
    pods: [...targets, ...unreached],
    requests: requests && { ...requests, preset: requests.preset.name },
    ...{ latency, inFlight, why, uncounted, ignored },
  };
}
