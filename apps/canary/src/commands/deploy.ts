import { parseParameters, renderObjects } from '@canary/manifests';
import { exitCodes, UsageError, type CommandSpec, type Options } from '../command.ts';
import { siteOptions, secondsOption } from '../options.ts';
import { withSite, type Place } from '../site/with-site.ts';
import { describeWorkload } from '../until.ts';
import { objectList, parametersOf, renderOptions } from './render.ts';

const POLL_MS = 500;

/** `canary deploy`: the objects of `canary render`, applied and waited for. */
export const deploy: CommandSpec = {
  name: 'deploy',
  summary: 'apply Kubernetes objects and wait until they are ready',
  description: `Applies Kubernetes objects and waits until their Deployments are ready.\n\nObjects:\n${objectList}`,
  arguments: { '<objects...>': 'what to deploy, by name' },
  options: [
    ...siteOptions,
    ...renderOptions,
    { flags: '--timeout <time>', description: 'how long to wait', default: '2m' },
  ],
  examples: [
    'canary deploy v1',
    'canary deploy namespace prometheus v1 --timeout 5m',
    'canary deploy traffic --rps 100 --duration 900',
    'canary deploy tomcat --on local',
  ],
  run: async (io, [names], options) => {
    const parameters = parseParameters(parametersOf(io, options));
    const objects = renderObjects(names as readonly string[], parameters);
    const seconds = timeoutOf(options);
    return withSite(io, options, async (place) => {
      const { platform } = place.site;
      await platform.apply(objects);
      for (const { kind, metadata } of objects) io.out(`applied ${kind} ${metadata.name}`);
      const deployments = objects.filter(({ kind }) => kind === 'Deployment');
      const started = place.site.clock.now();
      for (const { metadata } of deployments) {
        const left = seconds - (place.site.clock.now() - started) / 1000;
        await ready(place, metadata.name, Math.max(1, left), io.signal);
        io.out(`ready   Deployment ${metadata.name}`);
      }
      return exitCodes.ok;
    });
  },
};

/** Waits until a Deployment's controller has taken in what was applied, and all of its pods are ready. */
async function ready({ site }: Place, name: string, seconds: number, signal: AbortSignal) {
  const ref = { namespace: site.namespace, name };
  const deadline = site.clock.now() + seconds * 1000;
  for (;;) {
    const workloads = await site.platform.list({ namespace: site.namespace, labels: {} });
    const found = workloads.find((workload) => workload.ref.name === name);
    const isReady = found !== undefined && found.readyReplicas === found.replicas;
    if (isReady && (await site.isRolledOut(ref))) return;
    signal.throwIfAborted();
    if (site.clock.now() >= deadline) {
      const seen = found ? describeWorkload(found) : 'no such Deployment';
      throw new Error(`waited for Deployment ${name} to be ready and saw ${seen}`);
    }
    await site.clock.sleep(POLL_MS, signal);
  }
}

function timeoutOf(options: Options): number {
  const seconds = secondsOption(options, 'timeout') ?? 0;
  if (seconds > 0) return seconds;
  throw new UsageError('--timeout has to be above 0, such as 2m');
}
