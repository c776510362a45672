import { readFileSync } from 'node:fs';
import type { PlatformObject } from '@canary/rollout';
import { parseAllDocuments } from 'yaml';
import { canaryObject } from '../canary/canary-object.ts';
import { changed } from '../change/change.ts';
import { NOTHING_BESIDE } from './facts.ts';
import { readDeployment, replicasOf } from '../objects/deployment.ts';
import type { Facts } from '../preflight/facts.ts';

const NEW_IMAGE = 'registry.example/shop:2.0.0';

/** What becomes of a Deployment as people publish it, when its app is released anew. */
export interface Shape {
  /** As the API server has it once it is ready. */
  readonly stable: PlatformObject;
  readonly canary: PlatformObject;
  readonly facts: Facts;
}

/**
 * Reads a file of `shapes/`, as a cluster would have it, and releases its app with another image.
 *
 * @param name the file's, without `.yaml`
 * @param container the container that gets the image
 */
export function shape(name: string, container: string): Shape {
  const text = readFileSync(new URL(`shapes/${name}.yaml`, import.meta.url), 'utf8');
  const objects = parseAllDocuments(text).map((document) => document.toJS() as PlatformObject);
  const of = (kind: string) => objects.filter((one) => one.kind === kind) as never[];
  const stable = applied(objects.find(({ kind }) => kind === 'Deployment')!);
  const { template } = changed(stable, { images: [`${container}=${NEW_IMAGE}`] });
  const canary = canaryObject(stable, template, { replicas: 1 });
  const deployment = readDeployment(stable);
  const facts: Facts = {
    deployment,
    template,
    canary: readDeployment(canary),
    ...NOTHING_BESIDE,
    services: of('Service'),
    autoscalers: of('HorizontalPodAutoscaler'),
    disruptionBudgets: of('PodDisruptionBudget'),
    volumeClaims: of('PersistentVolumeClaim'),
    quotas: of('ResourceQuota'),
    deployments: [deployment],
  };
  return { stable, canary, facts };
}

/** What the API server and the Deployment's controller add to an object that is applied and ready. */
function applied(object: PlatformObject): PlatformObject {
  const replicas = replicasOf(readDeployment(object));
  return {
    ...object,
    metadata: {
      ...object.metadata,
      namespace: 'store',
      uid: 'a2b1c0d9-0000-4000-8000-000000000001',
      resourceVersion: '1234',
      generation: 1,
      creationTimestamp: '2026-11-01T00:00:00Z',
      managedFields: [{ manager: 'kubectl', operation: 'Apply' }],
      annotations: {
        ...object.metadata.annotations,
        'deployment.kubernetes.io/revision': '1',
        'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(object),
      },
    } as PlatformObject['metadata'],
    status: {
      observedGeneration: 1,
      replicas,
      updatedReplicas: replicas,
      readyReplicas: replicas,
      availableReplicas: replicas,
    },
  };
}
