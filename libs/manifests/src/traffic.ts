import type { PlatformObject } from '@canary/rollout';
import { Job } from 'kubernetes-models/batch/v1/Job';
import { standardLabels } from './labels.ts';
import { APP_PORT, SERVICE_NAME, TRAFFIC_NAME } from './names.ts';
import type { Parameters } from './parameters.ts';
import { restrictedContainer, restrictedPod } from './security.ts';
import { validated } from './validated.ts';

/**
 * Load from inside the cluster, through the Service and so through kube-proxy: a constant rate, a
 * connection per request, for a limited time. It logs its counts as a line of JSON every second.
 */
export function trafficJob({ namespace, rps, duration, images }: Parameters): PlatformObject {
  const labels = { appname: TRAFFIC_NAME, ...standardLabels(TRAFFIC_NAME, 'load') };
  const url = `http://${SERVICE_NAME}:${APP_PORT}/`;
  return validated(
    new Job({
      metadata: { name: TRAFFIC_NAME, namespace, labels },
      spec: {
        backoffLimit: 0,
        activeDeadlineSeconds: duration + 120,
        template: {
          metadata: { labels },
          spec: {
            restartPolicy: 'Never',
            automountServiceAccountToken: false,
            securityContext: restrictedPod(1000),
            containers: [
              {
                name: TRAFFIC_NAME,
                image: images.canary,
                imagePullPolicy: 'IfNotPresent',
                args: [
                  'traffic',
                  url,
                  '--rps',
                  String(rps),
                  '--duration',
                  String(duration),
                  '-o',
                  'json',
                ],
                resources: {
                  requests: { cpu: '100m', memory: '64Mi' },
                  limits: { cpu: '1', memory: '256Mi' },
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
