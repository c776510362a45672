import type { Clock } from '@canary/rollout';
import { systemClock } from '@canary/runtime';
import type { ApiList, ApiObject } from './api-objects.ts';
import type { Cluster } from './cluster.ts';
import { KubernetesError, type Status } from './kubernetes-error.ts';

/** What is followed, and how patiently. */
export interface FollowOptions {
  readonly asked: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Items have nothing but their metadata: less is sent of large ones. */
  readonly metadataOnly?: boolean;
  readonly signal: AbortSignal;
  readonly pauses: Pauses;
}

/** How long to wait between attempts; tests turn it. */
export interface Pauses {
  readonly clock: Clock;
  /** Milliseconds before the first new attempt; doubled for every further one. */
  readonly first: number;
  /** Milliseconds that a pause is never longer than. */
  readonly longest: number;
}

/** As long as a person waits, at first, and no burden on a server that is down for long. */
export const patient: Pauses = { clock: systemClock, first: 200, longest: 5000 };

type WatchEvent<Item> =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'; readonly object: Item }
  | { readonly type: 'ERROR'; readonly object: Status };

/** Seconds after which the server ends a watch, and it is begun again where it ended. */
const WATCH_SECONDS = 30;
/** Attempts in a row that the server may refuse, as it does for a moment while it starts. */
const REFUSALS = 6;

/**
 * The items of a collection now, and again after each change, until the signal aborts. It goes on
 * where it was after a connection is lost, lists anew where the server no longer knows that point,
 * and tries until the server is back where it is gone.
 *
 * @throws {@link KubernetesError} where the first list fails, or the server goes on refusing
 */
export async function* follow<Item extends ApiObject>(
  cluster: Cluster,
  options: FollowOptions,
): AsyncGenerator<ReadonlyMap<string, Item>> {
  const { asked, path, query = {}, metadataOnly = false, signal, pauses } = options;
  const accept = (kind: string) => (metadataOnly ? metadataOf(kind) : undefined);
  let items: Map<string, Item> | undefined;
  let version: string | undefined;
  let failures = 0;

  const aborted = () => signal.aborted;
  while (!aborted()) {
    const began = pauses.clock.now();
    try {
      if (version === undefined) {
        // Without a resourceVersion, which is the newest state: 0 may be older than what was seen before.
        const list = await cluster.request<ApiList<Item>>({
          ...{ asked, path, query, signal },
          accept: accept('PartialObjectMetadataList'),
        });
        items = new Map(list.items.map((item) => [nameOf(item), slim(item)]));
        version = list.metadata.resourceVersion ?? '';
        failures = 0;
        yield items;
      }
      const watch = {
        ...query,
        watch: 'true',
        allowWatchBookmarks: 'true',
        resourceVersion: version,
        timeoutSeconds: String(WATCH_SECONDS),
      };
      const events = cluster.stream<WatchEvent<Item>>({
        ...{ asked, path, query: watch, signal },
        accept: accept('PartialObjectMetadata'),
      });
      for await (const event of events) {
        if (event.type === 'ERROR') throw errorOfEvent(asked, event.object);
        version = event.object.metadata.resourceVersion ?? version;
        failures = 0;
        if (event.type === 'BOOKMARK' || !items) continue;
        if (event.type === 'DELETED') items.delete(nameOf(event.object));
        else items.set(nameOf(event.object), slim(event.object));
        yield items;
      }
      // A server that ends every watch at once is as good as gone.
      failures = pauses.clock.now() - began < pauses.first ? failures + 1 : 0;
    } catch (error) {
      if (aborted()) return;
      if (!(error instanceof KubernetesError) || !items) throw error;
      if (error.failure === 'gone') version = undefined;
      else if (!isPassing(error) && failures >= REFUSALS) throw error;
      failures += 1;
    }
    if (failures > 0) await pause(pauses, failures, signal);
  }
}

/** @see https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-partialobjectmetadata */
function metadataOf(kind: string): string {
  return `application/json;as=${kind};g=meta.k8s.io;v=v1,application/json`;
}

/** Who owns which field is half of an object, and nothing that anyone asks here. */
function slim<Item extends ApiObject>(item: Item): Item {
  delete (item.metadata as { managedFields?: unknown }).managedFields;
  return item;
}

function isPassing({ failure }: KubernetesError): boolean {
  return failure === 'unreachable' || failure === 'unavailable' || failure === 'gone';
}

function pause({ clock, first, longest }: Pauses, failures: number, signal: AbortSignal) {
  const most = Math.min(longest, first * 2 ** (failures - 1));
  // Of many that lost the same server, not all come back at once.
  return clock.sleep(most * (0.5 + Math.random() / 2), signal);
}

function errorOfEvent(
  asked: string,
  { code, message = 'no reason given' }: Status,
): KubernetesError {
  const failure = code === 410 ? 'gone' : 'unavailable';
  return new KubernetesError(failure, `cannot ${asked}: the watch ended: ${message}; list again`);
}

function nameOf({ metadata }: ApiObject): string {
  return metadata.name ?? '';
}
