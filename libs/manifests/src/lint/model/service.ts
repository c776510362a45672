import { fieldsOf, listOf, numberOf, textOf, type Path } from './fields.ts';
import type { Manifest } from './manifest.ts';
import { equalitySelector, isEmpty, type Selector } from './selector.ts';

/** A port of a Service. */
export interface ServicePort {
  readonly port: number | undefined;
  /** A number, or the name of a container's port; the same as `port` where it is not given. */
  readonly target: number | string | undefined;
  readonly path: Path;
}

/** A Service that sends traffic to pods that it selects. */
export interface Service {
  readonly manifest: Manifest;
  readonly selector: Selector;
  readonly ports: readonly ServicePort[];
  /** It has no address of its own: a client finds the pods by their names and picks one itself. */
  readonly isHeadless: boolean;
}

/** The Service that an object is; undefined where it is none, or selects no pods. */
export function serviceOf(manifest: Manifest): Service | undefined {
  if (manifest.kind !== 'Service' || manifest.group !== '') return undefined;
  const spec = fieldsOf(manifest.fields['spec']);
  const selector = equalitySelector(spec['selector']);
  if (isEmpty(selector) || spec['type'] === 'ExternalName') return undefined;
  const ports = listOf(spec['ports']).map((value, index): ServicePort => {
    const { port, targetPort } = fieldsOf(value);
    const number = numberOf(port);
    const target = numberOf(targetPort) ?? textOf(targetPort) ?? number;
    return { port: number, target, path: ['spec', 'ports', index] };
  });
  return { manifest, selector, ports, isHeadless: spec['clusterIP'] === 'None' };
}
