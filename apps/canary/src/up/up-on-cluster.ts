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
    description: 'kubernetes: deploy it all on a cluster instead, and end (default: local)',
    choices: ['kubernetes', 'local'],
  },
  { flags: '--grafana', description: 'on a cluster: Grafana with its dashboards, too' },
  { flags: '--context <name>', description: 'on a cluster: context of the kubeconfig' },
  { flags: '--kubeconfig <file>', description: 'on a cluster: kubeconfig file' },
];

/** Options that belong to one platform alone. */
const OWN = {
  local: ['state', 'rps', 'port', 'prometheus', 'file', 'run'],
  kubernetes: ['grafana', 'context', 'kubeconfig'],
} as const;
/** Images that have to be pulled take their time. */
const SECONDS = 300;

/**
 * Whether the options are about a cluster: by `--on`, or else by an option that a cluster alone has.
 *
 * @throws {@link UsageError} where one is of the other platform
 */
export function isOnCluster(options: Options): boolean {
  const given = (platform: keyof typeof OWN) =>
    OWN[platform].find((name) => options[name] !== undefined);
  const ofCluster = given('kubernetes');
  const on = options['on'] ?? (ofCluster === undefined ? 'local' : 'kubernetes');
  const [there, why] =
    on === 'kubernetes'
      ? ([
          'local',
          options['on'] === undefined ? `--${String(ofCluster)}` : '--on kubernetes',
        ] as const)
      : (['kubernetes', '--on local'] as const);
  const foreign = given(there);
  if (foreign === undefined) return on === 'kubernetes';
  throw new UsageError(
    `--${foreign} is of --on ${there}, and ${why} is not: leave one of them out`,
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
  return withSite(io, { ...options, on: 'kubernetes' }, async (place) => {
    await deployObjects(io, place, { names, parameters, seconds: SECONDS });
    return exitCodes.ok;
  });
}
