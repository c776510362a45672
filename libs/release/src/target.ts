import { ReleaseError } from './errors.ts';

/** What a command is told to release. */
export interface Target {
  readonly kind: 'Deployment';
  readonly name: string;
}

/** A kind that has pods and is no Deployment: its names in kubectl, and what to do instead. */
interface OtherKind {
  readonly kind: string;
  readonly names: readonly string[];
  readonly remedy: string;
}

const DEPLOYMENT = ['deployment', 'deployments', 'deploy'];

const others: readonly OtherKind[] = [
  {
    kind: 'StatefulSet',
    names: ['statefulset', 'statefulsets', 'sts'],
    remedy:
      'its pods have names and volumes of their own, so that a second one beside it would be another member; update it step by step with spec.updateStrategy.rollingUpdate.partition',
  },
  {
    kind: 'DaemonSet',
    names: ['daemonset', 'daemonsets', 'ds'],
    remedy:
      'it has one pod on each node, and a second one beside it would have as many again; update it node by node with spec.updateStrategy.rollingUpdate.maxUnavailable',
  },
  {
    kind: 'Job',
    names: ['job', 'jobs'],
    remedy: 'it runs to its end and has no traffic to share; start a new one with the new image',
  },
  {
    kind: 'CronJob',
    names: ['cronjob', 'cronjobs', 'cj'],
    remedy: 'its pods run to their end and have no traffic to share; kubectl set image takes it',
  },
  {
    kind: 'ReplicaSet',
    names: ['replicaset', 'replicasets', 'rs'],
    remedy: 'name the Deployment that owns it (kubectl get rs NAME -o yaml, ownerReferences)',
  },
  {
    kind: 'ReplicationController',
    names: ['replicationcontroller', 'replicationcontrollers', 'rc'],
    remedy: 'make a Deployment of it: it has no updates of its own',
  },
  {
    kind: 'Pod',
    names: ['pod', 'pods', 'po'],
    remedy: 'name the Deployment that it belongs to; a pod of its own has no replicas',
  },
  {
    kind: 'Service',
    names: ['service', 'services', 'svc'],
    remedy: 'name the Deployment behind it',
  },
];

const NAME = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/**
 * Reads what is to be released as kubectl reads it: `deploy/shop`, `deployment/shop`,
 * `deployments.apps/shop`, `deployment.v1.apps/shop`; a name alone is that of a Deployment.
 *
 * @throws {@link ReleaseError} with what to do instead, for other kinds and for what is no name
 */
export function parseTarget(text: string): Target {
  const slash = text.indexOf('/');
  const resource = slash < 0 ? 'deployment' : text.slice(0, slash).toLowerCase();
  const name = text.slice(slash + 1);
  const [kind = '', ...group] = resource.split('.');
  const other = others.find(({ names }) => names.includes(kind));
  if (other) throw new ReleaseError(`${other.kind} ${name} cannot be released: ${other.remedy}`);
  if (!DEPLOYMENT.includes(kind) || !['', 'apps', 'v1.apps'].includes(group.join('.')))
    throw new ReleaseError(
      `cannot release "${text}": "${resource}" is no kind that it knows; name a Deployment, as in deploy/shop`,
    );
  if (!NAME.test(name))
    throw new ReleaseError(
      `cannot release "${text}": "${name}" is no name of a Deployment (small letters, digits, "-" and "."); see kubectl get deploy`,
    );
  return { kind: 'Deployment', name };
}
