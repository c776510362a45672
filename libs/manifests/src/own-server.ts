import { createHash } from 'node:crypto';
import type { PlatformObject } from '@canary/rollout';
import { Service } from 'kubernetes-models/v1/Service';
import { validated } from './validated.ts';

/** A server that comes with the releases, such as Prometheus. */
interface OwnServer {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly selector: Readonly<Record<string, string>>;
  readonly port: number;
}

/** Where its HTTP API is found. */
export function ownServerService(server: OwnServer): PlatformObject {
  const { name, namespace, labels, selector, port } = server;
  return validated(
    new Service({
      metadata: { name, namespace, labels },
      spec: {
        type: 'ClusterIP',
        selector,
        ports: [{ name: 'http', port, targetPort: port }],
      },
    }),
  );
}

/** An annotation that changes a pod with the files that it reads as it starts: so that it reads them. */
export function configHash(files: unknown): Readonly<Record<string, string>> {
  const hash = createHash('sha256').update(JSON.stringify(files)).digest('hex');
  return { 'canary/config-hash': hash.slice(0, 16) };
}
