import { parseParameters, renderObjects } from '@canary/manifests';
import { exitCodes, UsageError, type CommandSpec, type Options } from '../command.ts';
import { siteOptions, secondsOption } from '../options.ts';
import { deployObjects } from '../release/deploy-objects.ts';
import { withSite } from '../site/with-site.ts';
import { objectList, parametersOf, renderOptions } from './render.ts';

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
    'canary deploy prometheus grafana',
  ],
  run: async (io, [names], options) => {
    const parameters = parseParameters(parametersOf(io, options));
    // An unknown name is told before anything is reached.
    renderObjects(names as readonly string[], parameters);
    const seconds = timeoutOf(options);
    return withSite(io, options, async (place) => {
      await deployObjects(io, place, { names: names as readonly string[], parameters, seconds });
      return exitCodes.ok;
    });
  },
};

function timeoutOf(options: Options): number {
  const seconds = secondsOption(options, 'timeout') ?? 0;
  if (seconds > 0) return seconds;
  throw new UsageError('--timeout has to be above 0, such as 2m');
}
