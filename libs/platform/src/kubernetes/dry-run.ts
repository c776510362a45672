import type { DryRun } from '@canary/release';
import type { PlatformObject } from '@canary/rollout';
import { FIELD_MANAGER } from './apply-object.ts';
import type { Cluster } from './cluster.ts';
import { errorOfAnswer, type KubernetesFailure, type Status } from './kubernetes-error.ts';

/** What says nothing about the object, but that nobody could ask. */
const UNASKED: readonly KubernetesFailure[] = ['unauthorized', 'forbidden', 'unavailable'];

/**
 * Has the API server take the object without keeping it: its schema, its admission and its quotas
 * are all asked, by the very request that makes the object, and what they warn of is told.
 *
 * @param path where the object is to be
 * @throws {@link KubernetesError} where the server could not be asked
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#dry-run
 */
export async function dryRun(
  cluster: Cluster,
  path: string,
  object: PlatformObject,
): Promise<DryRun> {
  const query = new URLSearchParams({ dryRun: 'All', fieldManager: FIELD_MANAGER, force: 'true' });
  const answer = await cluster.send(`${path}?${query.toString()}`, {
    method: 'PATCH',
    headers: { accept: 'application/json', 'content-type': 'application/apply-patch+yaml' },
    body: JSON.stringify(object),
  });
  const text = await answer.text();
  const warnings = warningsOf(answer.headers.get('warning') ?? '');
  if (answer.ok) return { warnings, error: undefined };
  const asked = `try ${object.kind} ${object.metadata.name} on the server`;
  const error = errorOfAnswer(asked, answer.status, text);
  if (UNASKED.includes(error.failure)) throw error;
  return { warnings, error: messageOf(text) ?? error.message };
}

const WARNING = /\d{3} \S+ "((?:[^"\\]|\\.)*)"/g;

/**
 * The texts of `Warning` headers, which come as one: `299 - "text", 299 - "text"`.
 *
 * @see https://kubernetes.io/blog/2020/09/03/warnings/
 */
export function warningsOf(header: string): string[] {
  return [...header.matchAll(WARNING)].map(([, text = '']) => text.replace(/\\(.)/g, '$1'));
}

/** The server's own sentence, without what this tool says around it. */
function messageOf(text: string): string | undefined {
  try {
    const { message } = JSON.parse(text) as Status;
    return message;
  } catch {
    return undefined;
  }
}
