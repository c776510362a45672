import type { PlatformObject } from '@canary/rollout';
import { UsageError } from '../command.ts';

/** The objects of a file such as `kustomize build` and `helm template` write, by what becomes of them. */
export interface Bundle {
  /** What Helm runs by itself before or after it applies the others. */
  readonly hooks: readonly PlatformObject[];
  /** What is applied, those first that others are made in or of. */
  readonly others: readonly PlatformObject[];
  /** What is released, in the order of the file. */
  readonly deployments: readonly PlatformObject[];
}

const HOOK = 'helm.sh/hook';
const FIRST = ['Namespace', 'CustomResourceDefinition'];

/**
 * Sorts the objects of a file.
 *
 * @throws {@link UsageError} where it has one Deployment twice
 */
export function bundleOf(objects: readonly PlatformObject[], file: string): Bundle {
  const hooks = objects.filter(isHook);
  const applied = objects.filter((object) => !isHook(object));
  const deployments = applied.filter(isDeployment);
  const names = deployments.map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`);
  const twice = deployments.find((_, index) => names.indexOf(names[index] ?? '') < index);
  if (twice)
    throw new UsageError(
      `--file ${file} has Deployment ${twice.metadata.name} twice: leave one of them out`,
    );
  const isFirst = ({ kind }: PlatformObject) => FIRST.includes(kind);
  const others = applied.filter((object) => !isDeployment(object));
  return {
    hooks,
    others: [...others.filter(isFirst), ...others.filter((object) => !isFirst(object))],
    deployments,
  };
}

/** Whether an object is of a kind that the bundle itself brings, which the platform takes in after a while. */
export function isOfOwnKind({ others }: Pick<Bundle, 'others'>, object: PlatformObject): boolean {
  const groups = others
    .filter(({ kind }) => kind === 'CustomResourceDefinition')
    .map((definition) => (definition['spec'] as { readonly group?: string } | undefined)?.group);
  return groups.includes(object.apiVersion.split('/')[0]);
}

function isHook({ metadata }: PlatformObject): boolean {
  return metadata.annotations?.[HOOK] !== undefined;
}

function isDeployment({ kind, apiVersion }: PlatformObject): boolean {
  return kind === 'Deployment' && apiVersion.startsWith('apps/');
}
