import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Cluster } from './cluster.ts';
import { corePath } from './resource-path.ts';

/** What happened to which object. */
export interface EventOptions {
  readonly cluster: Cluster;
  /** `kubectl describe` finds events by all of these; a workload's `object`, `ref` and `uid` have them. */
  readonly involvedObject: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
    readonly uid: string;
  };
  readonly type: 'Normal' | 'Warning';
  /** One word in UpperCamelCase, such as `CanaryPromoted`. */
  readonly reason: string;
  /** A sentence; what is over 1024 characters is cut off. */
  readonly message: string;
}

const COMPONENT = 'canary';

/** Records an event that `kubectl describe` and `kubectl get events` show of the object for an hour. */
export async function recordEvent({ cluster, ...event }: EventOptions): Promise<void> {
  const { kind, namespace, name } = event.involvedObject;
  await cluster.request({
    asked: `record the event ${event.reason} of ${kind} ${namespace}/${name}`,
    method: 'POST',
    path: corePath('events', namespace),
    body: eventObject(event, new Date(cluster.now())),
  });
}

/** The event as the cluster keeps it. */
export function eventObject(event: Omit<EventOptions, 'cluster'>, at: Date) {
  const { involvedObject, type, reason, message } = event;
  // The API server keeps whole seconds.
  const time = at.toISOString().replace(/\.\d+Z$/, 'Z');
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {
      name: `${involvedObject.name.slice(0, 200)}.${randomBytes(8).toString('hex')}`,
      namespace: involvedObject.namespace,
    },
    involvedObject,
    type,
    reason,
    message: message.length > 1024 ? `${message.slice(0, 1023)}…` : message,
    source: { component: COMPONENT, host: hostname() },
    reportingComponent: COMPONENT,
    reportingInstance: hostname(),
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1,
  };
}
