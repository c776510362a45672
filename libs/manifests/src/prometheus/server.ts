import type { PlatformObject } from '@canary/rollout';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { configHash, ownServerService } from '../own-server.ts';
import type { Parameters } from '../parameters.ts';
import { restrictedContainer, restrictedPod } from '../security.ts';
import { validated } from '../validated.ts';
import { toYaml } from '../yaml.ts';
import { ruleGroups } from '../rules/rules.ts';
import { prometheusConfig } from './config.ts';
import {
  CONFIG_FILE,
  PROMETHEUS,
  PROMETHEUS_PORT,
  RULES_FILE,
  prometheusLabels as labels,
  prometheusSelector,
} from './names.ts';

const CONFIG_MAP = `${PROMETHEUS}-config`;
const NOBODY = 65_534;
/** Prometheus takes up new targets so often by itself. */
const RELOAD_SECONDS = 5;

/** Prometheus' configuration and rules, as the files that its pod mounts. */
export function prometheusConfigMap(parameters: Parameters): PlatformObject {
  return validated(
    new ConfigMap({
      metadata: { name: CONFIG_MAP, namespace: parameters.namespace, labels },
      data: filesOf(parameters),
    }),
  );
}

/** One Prometheus, its data in memory of the node: what a demonstration needs, not an archive. */
export function prometheusDeployment(parameters: Parameters): PlatformObject {
  const { namespace, images } = parameters;
  return validated(
    new Deployment({
      metadata: { name: PROMETHEUS, namespace, labels },
      spec: {
        replicas: 1,
        selector: { matchLabels: prometheusSelector },
        strategy: { type: 'Recreate' },
        template: {
          metadata: {
            labels,
            annotations: configHash(filesOf(parameters)),
          },
          spec: {
            serviceAccountName: PROMETHEUS,
            securityContext: restrictedPod(NOBODY),
            containers: [
              {
                name: PROMETHEUS,
                image: images.prometheus,
                imagePullPolicy: 'IfNotPresent',
                args: [
                  `--config.file=/etc/prometheus/${CONFIG_FILE}`,
                  '--storage.tsdb.path=/prometheus',
                  '--storage.tsdb.retention.time=2d',
                  ...reloading(parameters),
                ],
                ports: [{ name: 'http', containerPort: PROMETHEUS_PORT, protocol: 'TCP' }],
                resources: {
                  requests: { cpu: '100m', memory: '128Mi' },
                  limits: { cpu: '1', memory: '512Mi' },
                },
                securityContext: restrictedContainer,
                startupProbe: {
                  httpGet: { path: '/-/ready', port: 'http' },
                  periodSeconds: 1,
                  failureThreshold: 60,
                },
                readinessProbe: { httpGet: { path: '/-/ready', port: 'http' }, periodSeconds: 2 },
                livenessProbe: { httpGet: { path: '/-/healthy', port: 'http' }, periodSeconds: 10 },
                volumeMounts: [
                  { name: 'config', mountPath: '/etc/prometheus', readOnly: true },
                  { name: 'data', mountPath: '/prometheus' },
                ],
              },
            ],
            volumes: [
              { name: 'config', configMap: { name: CONFIG_MAP } },
              { name: 'data', emptyDir: {} },
            ],
          },
        },
      },
    }),
  );
}

/** Where Prometheus' HTTP API is found. */
export function prometheusService({ namespace }: Parameters): PlatformObject {
  return ownServerService({
    name: PROMETHEUS,
    namespace,
    labels,
    selector: prometheusSelector,
    port: PROMETHEUS_PORT,
  });
}

/** Who scrapes more often than Prometheus takes up targets would wait for a canary's first samples. */
function reloading({ scrapeSeconds }: Parameters): string[] {
  return scrapeSeconds < RELOAD_SECONDS
    ? [`--scrape.discovery-reload-interval=${scrapeSeconds}s`]
    : [];
}

function filesOf(parameters: Parameters): Record<string, string> {
  return {
    [CONFIG_FILE]: toYaml([prometheusConfig(parameters)]),
    [RULES_FILE]: toYaml([ruleGroups]),
  };
}
