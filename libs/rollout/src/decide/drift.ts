import diff from 'microdiff';
import type { PlatformObject } from '../ports/platform.ts';
import type { Resource } from '../record/record.ts';
import { specOf } from '../record/rebuildable.ts';
import type { View } from './workload-state.ts';

/**
 * How a workload differs from what we left, in words; undefined where it does not.
 *
 * @param resource as we know it, with nothing asked for it that is still open
 */
export function drift(resource: Resource, view: View | undefined): string | undefined {
  const { known, ref } = resource;
  if (!known) return undefined;
  if (!view) return `${ref.name} was removed by someone else`;
  if (view.deleting) return `${ref.name} is being removed by someone else`;
  if (view.uid !== known.uid) {
    return `${ref.name} was removed and built anew by someone else (uid ${known.uid} -> ${view.uid})`;
  }
  if (view.generation === known.generation) return undefined;
  const generation = `generation ${known.generation} -> ${view.generation}`;
  const changes = [
    ...(view.replicas === known.replicas ? [] : [`replicas ${known.replicas} -> ${view.replicas}`]),
    ...specChanges(resource.object, view.object),
  ];
  const what = changes.length > 0 ? changes.join(', ') : 'and changed back';
  return `${ref.name} was changed by someone else: ${what} (${generation})`;
}

/** What differs between two specs but for the replicas, such as `spec.paused undefined -> true`. */
export function specChanges(before: PlatformObject, after: PlatformObject): string[] {
  const spec = (object: PlatformObject) => ({ ...specOf(object), replicas: 0 });
  const differences = diff(spec(before), spec(after)).map((difference) => {
    const from = difference.type === 'CREATE' ? undefined : (difference.oldValue as unknown);
    const to = difference.type === 'REMOVE' ? undefined : (difference.value as unknown);
    return `spec.${difference.path.join('.')} ${shown(from)} -> ${shown(to)}`;
  });
  const [more, shownOnes] = [differences.length - 3, differences.slice(0, 3)];
  return more > 0 ? [...shownOnes, `and ${more} more`] : shownOnes;
}

function shown(value: unknown): string {
  const json = value === undefined ? 'unset' : JSON.stringify(value);
  return json.length <= 60 ? json : `${json.slice(0, 59)}…`;
}
