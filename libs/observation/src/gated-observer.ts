import type { Observer, Target } from '@canary/rollout';

/**
 * An observer whose targets are UP only where another source has them UP as well: the pods answer
 * whoever looks at them directly, and Prometheus may still not find them, or not be able to scrape
 * them. What was counted is left as it is. Where the other source cannot be asked, nothing is UP.
 *
 * @param targetsOf what the other source has, such as {@link prometheusTargets}
 * @param who for people, such as `Prometheus`
 */
export function gatedObserver(
  observer: Observer,
  targetsOf: (signal?: AbortSignal) => Promise<readonly Target[]>,
  who: string,
): Observer {
  return {
    async look(signal) {
      const [look, others] = await Promise.all([
        observer.look(signal),
        targetsOf(signal).catch((error: unknown) =>
          error instanceof Error ? error : new Error(String(error)),
        ),
      ]);
      signal?.throwIfAborted();
      return { ...look, targets: look.targets.map((target) => gated(target, others, who)) };
    },
  };
}

function gated(target: Target, others: readonly Target[] | Error, who: string): Target {
  if (target.health !== 'up') return target;
  if (others instanceof Error) return { ...target, health: 'unknown', error: others.message };
  const other = others.find(({ pod }) => pod === target.pod);
  if (!other) return { ...target, health: 'unknown', error: `${who} has not found it` };
  if (other.health === 'up') return target;
  const error = other.error ?? 'it was not scraped yet';
  return { ...target, health: other.health, error: `${who}: ${error}` };
}
