import { textsOf } from './fields.ts';
import type { Scope } from './scope.ts';
import type { Workload } from './workload.ts';

/** Whether a container of the pods declares the port. */
export function declares({ containers }: Workload, port: number | string): boolean {
  return containers.some(({ ports }) =>
    ports.some(({ number, name }) => (typeof port === 'number' ? number === port : name === port)),
  );
}

/** The ports that the pods declare, as a message has them: `8080 (http), 9090`. */
export function declaredPorts({ containers }: Workload): string {
  return containers
    .flatMap(({ ports }) => ports)
    .map(({ number, name }) => (name === undefined ? String(number) : `${number} (${name})`))
    .join(', ');
}

/** Meshes and the like add a container to each pod, which has ports of its own. */
const INJECTED =
  /(^|[./])(istio\.io|linkerd\.io|dapr\.io|consul\.hashicorp\.com|kuma\.io|openservicemesh\.io)\//;
const INJECTED_PORTS = new Set([4191, 15_014, 15_020, 15_090]);

/**
 * Whether the pods may answer at a port that they do not declare, for all that can be seen: a
 * declaration is information and opens nothing. They may where they declare no port at all, where
 * something of theirs names the number (an argument, a variable, a probe, a ConfigMap given), where
 * they run in the node's network, and where a mesh adds to them.
 */
export function mayHavePort(scope: Scope, workload: Workload, port: number): boolean {
  const { containers, spec, annotations, labels } = workload;
  if (!containers.some(({ ports }) => ports.length > 0) || spec['hostNetwork'] === true)
    return true;
  const keys = [...Object.keys(annotations), ...Object.keys(labels)];
  if (INJECTED_PORTS.has(port) || keys.some((key) => INJECTED.test(key))) return true;
  const number = new RegExp(`(?<!\\d)${port}(?!\\d)`);
  const said = containers.map(({ fields }) => [
    fields['command'],
    fields['args'],
    fields['env'],
    fields['readinessProbe'],
    fields['livenessProbe'],
    fields['startupProbe'],
    fields['lifecycle'],
  ]);
  return number.test(JSON.stringify([said, ...configOf(scope, workload)]));
}

/** What the ConfigMaps have that the pods read, of those given. */
function configOf(scope: Scope, { manifest, spec, containers }: Workload): unknown[] {
  const wanted = JSON.stringify([
    spec['volumes'],
    containers.map(({ fields }) => fields['envFrom']),
  ]);
  return scope
    .ofKind('ConfigMap', manifest.namespace)
    .filter(({ name }) => wanted.includes(JSON.stringify(name)))
    .map(({ fields }) => textsOf(fields['data']));
}
