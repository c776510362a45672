import type { PlatformObject } from '@canary/rollout';
import { Job } from 'kubernetes-models/batch/v1/Job';
import type { Parameters } from '../parameters.ts';
import { restrictedContainer, restrictedPod } from '../security.ts';
import { validated } from '../validated.ts';
import { DRIVER, DRIVER_METRICS_PORT, driverLabels } from './names.ts';

/** Which rollout a Job drives. */
export interface Driven {
  /** The releases' label `appname`, or the name of the Deployment that is released in place. */
  readonly app: string;
  /** Whether it is a Deployment that is released in place. */
  readonly isInPlace?: boolean;
  /** When the Job is made, in milliseconds since the Unix epoch: each has a name of its own. */
  readonly now: number;
  /** Takes the rollout from a driver that is alive. */
  readonly takeOver: boolean;
}

/**
 * The Job that drives a rollout which was started: `canary drive`, again and again until the rollout
 * has ended, on whatever node is left.
 */
export function driverJob(
  { namespace, images }: Parameters,
  { app, isInPlace = false, now, takeOver }: Driven,
): PlatformObject {
  // A label is shorter than the name of a Deployment may be.
  const labels = { ...driverLabels, 'canary/app': labelValue(app) };
  return validated(
    new Job({
      metadata: { name: jobName(app, now), namespace, labels },
      spec: {
        // The driver itself decides when a release has failed; these are for nodes that go away.
        backoffLimit: 20,
        ttlSecondsAfterFinished: 86_400,
        template: {
          metadata: {
            labels,
            annotations: {
              'prometheus.io/scrape': 'true',
              'prometheus.io/port': String(DRIVER_METRICS_PORT),
            },
          },
          spec: {
            restartPolicy: 'OnFailure',
            serviceAccountName: DRIVER,
            securityContext: restrictedPod(1000),
            containers: [
              {
                name: 'driver',
                image: images.canary,
                imagePullPolicy: 'IfNotPresent',
                args: [
                  'drive',
                  ...(isInPlace ? [`deploy/${app}`] : ['--app', app]),
                  '--namespace',
                  namespace,
                  '--serve-metrics',
                  String(DRIVER_METRICS_PORT),
                  ...(takeOver ? ['--take-over'] : []),
                ],
                ports: [{ name: 'metrics', containerPort: DRIVER_METRICS_PORT, protocol: 'TCP' }],
                resources: {
                  requests: { cpu: '50m', memory: '64Mi' },
                  limits: { cpu: '500m', memory: '256Mi' },
                },
                securityContext: restrictedContainer,
              },
            ],
          },
        },
      },
    }),
  );
}

function labelValue(app: string): string {
  return app.slice(0, 63).replace(/[^A-Za-z0-9]+$/, '');
}

/** A Job's name is a label of its pods: 63 letters, lower case. */
function jobName(app: string, now: number): string {
  const named = app.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `${DRIVER}-${named.slice(0, 38)}-${now.toString(36)}`;
}
