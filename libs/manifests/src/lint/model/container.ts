import { fieldsOf, listOf, numberOf, textOf, type Fields, type Path } from './fields.ts';

/** A port that a container declares. */
export interface ContainerPort {
  readonly number: number;
  readonly name: string | undefined;
  readonly protocol: string;
  readonly path: Path;
}

/** A container of a pod template. */
export interface Container {
  readonly name: string;
  readonly image: string | undefined;
  readonly fields: Fields;
  readonly ports: readonly ContainerPort[];
  /** In the object. */
  readonly path: Path;
  /** It ends before the others begin, unless it `restarts`. */
  readonly isInit: boolean;
}

/** The containers of a pod's spec that is at a path. */
export function containersOf(spec: Fields, path: Path): Container[] {
  return ['containers', 'initContainers'].flatMap((list) =>
    listOf(spec[list]).map((value, index) => {
      const fields = fieldsOf(value);
      const at = [...path, list, index];
      // A sidecar is written as an init container that restarts.
      const isInit = list === 'initContainers' && fields['restartPolicy'] !== 'Always';
      return {
        name: textOf(fields['name']) ?? String(index),
        image: textOf(fields['image']),
        fields,
        ports: portsOf(fields['ports'], [...at, 'ports']),
        path: at,
        isInit,
      };
    }),
  );
}

function portsOf(value: unknown, path: Path): ContainerPort[] {
  return listOf(value).flatMap((one, index) => {
    const { containerPort, name, protocol } = fieldsOf(one);
    const number = numberOf(containerPort);
    if (number === undefined) return [];
    return [
      { number, name: textOf(name), protocol: textOf(protocol) ?? 'TCP', path: [...path, index] },
    ];
  });
}
