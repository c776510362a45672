import diff from 'microdiff';
import { specOf } from '../record/rebuildable.ts';
import type { PlatformObject } from '../ports/platform.ts';
import type { RolloutRecord, TemplateName } from '../record/record.ts';

/**
 * Which of the two templates of a release in place an object has; `undefined`: another one, by
 * somebody else. What the platform adds to the one that is taken over (defaults) makes it no other.
 */
export function templateOf(
  { templates }: Pick<RolloutRecord, 'templates'>,
  object: PlatformObject,
): TemplateName | undefined {
  if (!templates) return 'own';
  const { template } = specOf(object);
  if (isSame(templates.own, template)) return 'own';
  return covers(template, templates.canary) ? 'canary' : undefined;
}

function isSame(a: unknown, b: unknown): boolean {
  return diff({ template: a }, { template: b }).length === 0;
}

/** Whether everything that is wanted is there; there may be more. */
function covers(there: unknown, wanted: unknown): boolean {
  return diff({ of: wanted }, { of: there }).every(({ type }) => type === 'CREATE');
}
