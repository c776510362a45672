import type { PlatformObject } from '@canary/rollout';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { standardLabels } from './labels.ts';
import type { Parameters } from './parameters.ts';
import { probes } from './release/probes.ts';
import { replacement, resources } from './release/sizing.ts';
import { restrictedContainer, restrictedPod } from './security.ts';
import { validated } from './validated.ts';

const RELEASE = '1.11.1';
const HOME = '/usr/local/tomcat';
const WRITTEN = ['logs', 'temp', 'work'];

/**
 * The counter-example: annotated for scraping, but it serves no metrics, so that its targets are
 * found and DOWN. Its `appname` is its own, else the app's Service would send it traffic; and its
 * probes are TCP ones, since every path answers 404.
 */
export function tomcatDeployment(parameters: Parameters): PlatformObject {
  const selected = { appname: 'tomcat', release: RELEASE };
  const labels = { ...selected, ...standardLabels('tomcat', 'counter-example', RELEASE) };
  return validated(
    new Deployment({
      metadata: { name: `tomcat-deploy-v${RELEASE}`, namespace: parameters.namespace, labels },
      spec: {
        replicas: parameters.replicas ?? 2,
        selector: { matchLabels: selected },
        ...replacement,
        template: {
          metadata: {
            labels,
            annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '8080' },
          },
          spec: {
            automountServiceAccountToken: false,
            securityContext: restrictedPod(1000),
            containers: [
              {
                name: 'tomcat',
                image: parameters.images.tomcat,
                imagePullPolicy: 'IfNotPresent',
                ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
                resources,
                securityContext: restrictedContainer,
                ...probes({ tcpSocket: { port: 'http' } }),
                volumeMounts: WRITTEN.map((name) => ({ name, mountPath: `${HOME}/${name}` })),
              },
            ],
            volumes: WRITTEN.map((name) => ({ name, emptyDir: {} })),
          },
        },
      },
    }),
  );
}
