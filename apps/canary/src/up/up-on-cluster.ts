import { parseParameters } from '@canary/manifests';
import { exitCodes, UsageError, type ExitCode, type Io, type Options } from '../command.ts';
import { imagesFromEnvironment } from '../images.ts';
import { textOption, wholeOption } from '../options.ts';
import { deployObjects } from '../release/deploy-objects.ts';
import { withSite } from '../site/with-site.ts';

/** Options of `canary up` where it is a cluster that holds what it brings up. */
export const clusterOptions = [
  {
    flags: '--on <platform>',
    description: 'deploy it all on a cluster instead, and end',
    choices: ['kubernetes', 'local'],
    default: 'local',
  },
  { flags: '--grafana', description: 'on kubernetes: Grafana with its dashboards, too' },
  { flags: '--context <name>', description: 'on kubernetes: context of the kubeconfig' },
  { flags: '--kubeconfig <file>', description: 'on kubernetes: kubeconfig file' },
];

/** Options that belong to the embedded platform alone. */
const LOCAL_ONLY = ['state', 'rps', 'port', 'prometheus'] as const;
/** Images that have to be pulled take their time. */
const SECONDS = 300;

/**
 * Whether the options are about a cluster.
 *
 * @throws {@link UsageError} where one is of the other platform
 */
export function isOnCluster(options: Options): boolean {
  const isCluster = options['on'] === 'kubernetes';
  const foreign = isCluster
    ? LOCAL_ONLY.find((name) => options[name] !== undefined)
    : (['grafana', 'context', 'kubeconfig'] as const).find((name) => options[name] !== undefined);
  if (foreign === undefined) return isCluster;
  const [here, there] = isCluster ? ['kubernetes', 'local'] : ['local', 'kubernetes'];
  throw new UsageError(
    `--${foreign} is of --on ${there}, and this is --on ${here}: leave it out, or say --on ${there}`,
  );
}

/** Deploys Prometheus, v1 and, where it is asked for, Grafana, and waits until they are ready. */
export function upOnCluster(io: Io, options: Options): Promise<ExitCode> {
  const parameters = parseParameters({
    namespace: textOption(options, 'namespace'),
    replicas: wholeOption(options, 'replicas', [1, 20]),
    images: imagesFromEnvironment(io.env),
  });
  const names = ['prometheus', 'v1', ...(options['grafana'] === true ? ['grafana'] : [])];
  return withSite(io, options, async (place) => {
    await deployObjects(io, place, { names, parameters, seconds: SECONDS });
    return exitCodes.ok;
  });
}
