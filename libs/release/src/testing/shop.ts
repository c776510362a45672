import type { PlatformObject } from '@canary/rollout';
import { readDeployment, type Deployment } from '../objects/deployment.ts';

/** What tests vary in the Deployment `shop`; each part is merged into its place. */
export interface Shop {
  readonly metadata?: object;
  readonly spec?: object;
  readonly labels?: Readonly<Record<string, string>>;
  readonly pod?: object;
  readonly container?: object;
  /** Beside the container `shop`. */
  readonly containers?: readonly object[];
}

/** A Deployment as the API server has it: one container, two replicas, all ready; nothing to find. */
export function shopObject(shop: Shop = {}): PlatformObject {
  const labels = { app: 'shop', ...shop.labels };
  const main = {
    name: 'shop',
    image: 'registry.example/shop:1.0.0',
    ports: [{ name: 'http', containerPort: 8080 }],
    readinessProbe: { httpGet: { path: '/healthy', port: 'http' } },
    lifecycle: { preStop: { sleep: { seconds: 5 } } },
    ...shop.container,
  };
  const metadata = { name: 'shop', namespace: 'store', uid: 'u-1', generation: 3 };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...metadata, ...shop.metadata },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'shop' } },
      template: {
        metadata: { labels },
        spec: { containers: [main, ...(shop.containers ?? [])], ...shop.pod },
      },
      ...shop.spec,
    },
    status: { observedGeneration: 3, replicas: 2, updatedReplicas: 2, availableReplicas: 2 },
  };
}

/** {@link shopObject}, read. */
export function shop(parts: Shop = {}): Deployment {
  return readDeployment(shopObject(parts));
}
