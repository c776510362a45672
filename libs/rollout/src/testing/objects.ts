import type { PlatformObject } from '../ports/platform.ts';

/** A Deployment of the app, as small as it can be. */
export function deployment(version: string, replicas: number): PlatformObject {
  const labels = { appname: 'myapp', release: version };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `myapp-v${version}`, namespace: 'canary', labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'myapp', image: `myapp:${version}` }] },
      },
    },
  };
}

/** Finds both workloads. */
export const selector = { namespace: 'canary', labels: { appname: 'myapp' } };
export const STABLE = 'myapp-v1';
export const CANARY = 'myapp-v2';
