import { fieldsOf, textOf, type Fields, type Path } from './fields.ts';

/** A Kubernetes object as a file has it. */
export interface Manifest {
  readonly apiVersion: string;
  /** The part of `apiVersion` before the slash; empty for the core group. */
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  /** Empty where the object leaves it to whoever applies it. */
  readonly namespace: string;
  readonly fields: Fields;
  readonly file: string;
  /** The line of a field, or else of the nearest one around it; the first line is 1. */
  readonly lineOf: (path: Path) => number;
}

/** Where an object was read. */
export type Origin = Pick<Manifest, 'file' | 'lineOf'>;

/** The object as rules see it; `apiVersion` and `kind` have to be there. */
export function manifestOf(fields: Fields, origin: Origin): Manifest {
  const apiVersion = textOf(fields['apiVersion']) ?? '';
  const metadata = fieldsOf(fields['metadata']);
  return {
    apiVersion,
    group: apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '',
    kind: textOf(fields['kind']) ?? '',
    name: textOf(metadata['name']) ?? textOf(metadata['generateName']) ?? '',
    namespace: textOf(metadata['namespace']) ?? '',
    fields,
    ...origin,
  };
}

/** How messages call the object: `Deployment web`. */
export function nameOf({ kind, name }: Pick<Manifest, 'kind' | 'name'>): string {
  return name === '' ? kind : `${kind} ${name}`;
}

const BUILT_IN = new Set(['', 'apps', 'autoscaling', 'batch', 'extensions', 'policy']);
/** Groups under `k8s.io` that are no part of Kubernetes itself, but of projects around it. */
const AROUND = /(^|\.)(x-k8s\.io|sigs\.k8s\.io|gateway\.networking\.k8s\.io|metrics\.k8s\.io)$/;

/** Whether the object is of a kind that some operator brought: it may make pods that nobody sees here. */
export function isCustom({ group, kind }: Manifest): boolean {
  if (BUILT_IN.has(group)) return false;
  if (group === 'kustomize.config.k8s.io' || kind === 'Kustomization') return true;
  return !group.endsWith('.k8s.io') || AROUND.test(group);
}
