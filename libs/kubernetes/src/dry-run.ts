import type { DryRun } from '@canary/release';
import type { PlatformObject } from '@canary/rollout';
import { FIELD_MANAGER } from './apply-object.ts';
import type { Cluster } from './cluster.ts';
import { errorOfAnswer, type KubernetesFailure, type Status } from './kubernetes-error.ts';

/** What says nothing about the object, but that nobody could ask. */
const UNASKED: readonly KubernetesFailure[] = ['unauthorized', 'forbidden', 'unavailable'];

/** A webhook may say as much as it likes; people read so much of it. */
const MOST_WARNINGS = 20;
const LONGEST = 2000;

/**
 * Has the API server take the object without keeping it, by the very request that makes the object:
 * its schema and its admission are asked, and what they warn of is told.
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
  const warnings = warningsOf(answer.headers.get('warning') ?? '').slice(0, MOST_WARNINGS);
  if (answer.ok) return { warnings, error: undefined };
  const asked = `try ${object.kind} ${object.metadata.name} on the server`;
  const error = errorOfAnswer(asked, answer.status, text);
  if (UNASKED.includes(error.failure)) throw error;
  return { warnings, error: (messageOf(text) ?? error.message).slice(0, LONGEST) };
}

const WARNING = /\d{3} \S+ "((?:[^"\\]|\\.)*)"/g;

/**
 * The texts of `Warning` headers, which come as one: `299 - "text", 299 - "text"`.
 *
 * @see https://kubernetes.io/blog/2020/09/03/warnings/
 */
export function warningsOf(header: string): string[] {
  return [...header.matchAll(WARNING)].map(([, text = '']) =>
    text.replace(/\\(.)/g, '$1').slice(0, LONGEST),
  );
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
