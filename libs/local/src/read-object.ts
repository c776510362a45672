import type { PlatformObject } from '@canary/rollout';
import { z } from 'zod';
import { isNotice, onlyHonoured } from './honoured.ts';
import { schemas, type RunnableObject } from './schema.ts';

/** Takes a notice; the same key is told once only. */
export type Notice = (key: string, message: string) => void;

/** Kinds that are accepted and mean nothing where there are only processes. */
const MEANINGLESS = new Set([
  'Namespace',
  'ServiceAccount',
  'Role',
  'RoleBinding',
  'ClusterRole',
  'ClusterRoleBinding',
]);

/**
 * The object with its defaults filled in and without the fields that are not honoured here; each
 * of those is given to `notice` by its path. Undefined for a kind that means nothing here, which
 * is noticed as well.
 *
 * @throws an `Error` that names the object, the field and the remedy, where it cannot be run
 */
export function readObject(object: PlatformObject, notice: Notice): RunnableObject | undefined {
  const name = describe(object);
  if (MEANINGLESS.has(object.kind)) {
    notice(object.kind, `${name} is accepted, but means nothing on the embedded platform`);
    return undefined;
  }
  const schema = schemaOf(object.kind);
  if (!schema) {
    const known = [...Object.keys(schemas), ...MEANINGLESS].join(', ');
    throw new Error(
      `${name}: the embedded platform does not run the kind ${object.kind}; it knows ${known}. ` +
        'Leave the object out, or use a cluster.',
    );
  }
  const plain: unknown = JSON.parse(JSON.stringify(object));
  const first = schema.safeParse(plain);
  if (first.success) return first.data;
  for (const issue of first.error.issues.filter(isNotice)) leaveOut(plain, issue, name, notice);
  const second = schema.safeParse(plain);
  if (second.success) return second.data;
  const faults = z.prettifyError(second.error);
  throw new Error(`${name} cannot be run; correct these fields:\n${faults}`, {
    cause: second.error,
  });
}

/** Whether objects of that kind are run here, or accepted as they mean nothing here. */
export function knowsKind(kind: string): boolean {
  return MEANINGLESS.has(kind) || schemaOf(kind) !== undefined;
}

/** How an object is called in messages, such as `Deployment default/myapp-deploy-v1.0`. */
export function describe({ kind, metadata }: PlatformObject): string {
  return `${kind} ${metadata.namespace ?? 'default'}/${metadata.name}`;
}

function schemaOf(kind: string): z.ZodType<RunnableObject> | undefined {
  return Object.entries(schemas).find(([known]) => known === kind)?.[1];
}

function leaveOut(plain: unknown, issue: z.core.$ZodIssue, name: string, notice: Notice): void {
  const value = onlyHonoured(issue);
  const keys = issue.code === 'unrecognized_keys' ? issue.keys : issue.path.slice(-1);
  const parentPath = issue.code === 'unrecognized_keys' ? issue.path : issue.path.slice(0, -1);
  const parent = parentPath.reduce<unknown>(
    (at, key) => (isRecord(at) ? at[key] : undefined),
    plain,
  );
  for (const key of keys) {
    const path = [...parentPath, key].map((k) => (typeof k === 'number' ? '[]' : `.${String(k)}`));
    const field = `${name.split(' ')[0] ?? ''} ${path.join('').slice(1)}`;
    const unless = value === undefined ? '' : ` unless it is ${value}`;
    notice(
      field,
      `${field} is not honoured by the embedded platform${unless}; first seen in ${name}`,
    );
    if (isRecord(parent)) Reflect.deleteProperty(parent, key);
  }
}

function isRecord(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null;
}
