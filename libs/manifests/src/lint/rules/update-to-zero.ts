import { fieldsOf, isFields, numberOf, textOf, valueAt } from '../model/fields.ts';
import { nameOf } from '../model/manifest.ts';
import type { Scope } from '../model/scope.ts';
import type { Workload } from '../model/workload.ts';
import type { Rule } from '../rule.ts';

/** A rolling update with a gap in it. */
export const updateToZero: Rule = {
  id: 'update-to-zero',
  severity: 'warning',
  summary: 'a rolling update may take every pod behind a Service away at once',
  why: '`maxUnavailable` is as large as the number of replicas: the update ends the old pods before a new one is ready, and until then every connection is refused.',
  fix: 'Set `maxUnavailable: 0` with a `maxSurge` of at least 1, or run more replicas; say `type: Recreate` where the gap is wanted.',
  check: (scope) =>
    scope.services.flatMap((service) => {
      const behind = scope.behind(service);
      if (behind.length === 0 || !behind.every((workload) => mayBeGone(scope, workload))) return [];
      return behind.map(({ manifest, replicas }) => ({
        manifest,
        path: ['spec', 'strategy', 'rollingUpdate', 'maxUnavailable'],
        message: `maxUnavailable leaves none of ${replicas ?? 1} replicas ready for ${nameOf(service.manifest)}`,
      }));
    }),
};

/** Whether an update may end all its pods, though it could begin with a new one. */
function mayBeGone(scope: Scope, { manifest, replicas }: Workload): boolean {
  if (manifest.kind !== 'Deployment' || replicas === undefined || replicas < 1) return false;
  if (isScaledByOthers(scope, manifest)) return false;
  const update = valueAt(manifest.fields, ['spec', 'strategy', 'rollingUpdate']);
  if (!isFields(update)) return false;
  const { maxUnavailable, maxSurge = '25%' } = update;
  // A percentage of pods that are to go is rounded down, of pods that are to come up.
  const gone = countOf(maxUnavailable, replicas, Math.floor);
  const surge = countOf(maxSurge, replicas, Math.ceil);
  // Without a surge one has to go first: that is asked for, as with Recreate.
  return gone !== undefined && gone >= replicas && surge !== undefined && surge > 0;
}

function countOf(
  value: unknown,
  replicas: number,
  round: (value: number) => number,
): number | undefined {
  const percent = /^(\d+)%$/.exec(textOf(value) ?? '')?.[1];
  return percent === undefined ? numberOf(value) : round((Number(percent) * replicas) / 100);
}

function isScaledByOthers(scope: Scope, manifest: Workload['manifest']): boolean {
  return scope.ofKind('HorizontalPodAutoscaler', manifest.namespace).some(({ fields }) => {
    const target = fieldsOf(valueAt(fields, ['spec', 'scaleTargetRef']));
    return target['name'] === manifest.name;
  });
}
