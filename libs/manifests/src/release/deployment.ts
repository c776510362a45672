import type { PlatformObject } from '@canary/rollout';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { standardLabels } from '../labels.ts';
import { APP_NAME, APP_PORT, DRAIN_SECONDS } from '../names.ts';
import type { Parameters } from '../parameters.ts';
import { restrictedContainer, restrictedPod } from '../security.ts';
import { validated } from '../validated.ts';
import { probes } from './probes.ts';
import { replacement, resources } from './sizing.ts';

/** A release that the parameters may still change. */
export interface ReleaseDefaults {
  readonly version: string;
  readonly replicas: number;
  readonly env: Readonly<Record<string, string>>;
}

/** The Deployment of one release of the app. */
export function releaseDeployment(
  parameters: Parameters,
  defaults: ReleaseDefaults,
): PlatformObject {
  const version = parameters.version ?? defaults.version;
  const own = version === defaults.version ? defaults.env : { VERSION: asVersionVariable(version) };
  const env = { ...own, DRAIN_SECONDS: String(DRAIN_SECONDS), ...parameters.env };
  const selected = { appname: APP_NAME, release: version };
  const labels = { ...selected, ...standardLabels(APP_NAME, 'server', version) };

  return validated(
    new Deployment({
      metadata: { name: deploymentName(version), namespace: parameters.namespace, labels },
      spec: {
        replicas: parameters.replicas ?? defaults.replicas,
        selector: { matchLabels: selected },
        ...replacement,
        template: {
          metadata: {
            labels,
            annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': String(APP_PORT) },
          },
          spec: {
            automountServiceAccountToken: false,
            securityContext: restrictedPod(1000),
            // The drain, the slowest answer and some room: SIGKILL must never meet a request.
            terminationGracePeriodSeconds: DRAIN_SECONDS + 10,
            topologySpreadConstraints: [
              {
                maxSkew: 1,
                topologyKey: 'kubernetes.io/hostname',
                whenUnsatisfiable: 'ScheduleAnyway',
                labelSelector: { matchLabels: selected },
              },
            ],
            containers: [
              {
                name: APP_NAME,
                image: parameters.images.myapp,
                imagePullPolicy: 'IfNotPresent',
                ports: [{ name: 'http', containerPort: APP_PORT, protocol: 'TCP' }],
                env: Object.entries(env).map(([name, value]) => ({ name, value })),
                resources,
                securityContext: restrictedContainer,
                ...probes({ httpGet: { path: '/healthy', port: 'http' } }),
              },
            ],
          },
        },
      },
    }),
  );
}

/** The article's naming: release 1.0.0 is `myapp-deploy-v1.0`, release 1.0.1 is `myapp-deploy-v1.0.1`. */
export function deploymentName(version: string): string {
  const short = version.replace(/^v(?=\d)/, '').replace(/^(\d+\.\d+)\.0$/, '$1');
  return `${APP_NAME}-deploy-v${short.toLowerCase().replaceAll('_', '-')}`;
}

function asVersionVariable(version: string): string {
  return /^\d/.test(version) && version.length < 63 ? `v${version}` : version;
}
