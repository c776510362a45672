import { fileStore, remoteLocalPlatform, systemClock } from '@canary/platform';
import { person } from './person.ts';
import { scrapingObserver } from './scraping-observer.ts';
import type { LocalSiteOptions, Site } from './site.ts';
import { rolloutsIn } from './state-folder.ts';

/**
 * A namespace of the embedded platform that a `canary up` of this machine holds.
 *
 * @throws an `Error` that names the state folder and the remedy, where none holds it
 */
export async function localSite({ namespace, state }: LocalSiteOptions): Promise<Site> {
  const platform = remoteLocalPlatform({ stateDirectory: state });
  // Nothing is to be saved in a folder that nobody holds, such as one of another directory.
  await platform.info();
  return {
    namespace,
    platform,
    store: fileStore(rolloutsIn(state)),
    clock: systemClock,
    ...person(),
    observer: (selector, metrics) => scrapingObserver(platform, selector, { metrics }),
    isRolledOut: async ({ name }) => {
      const workloads = await platform.list({ namespace, labels: {} });
      const found = workloads.find(({ ref }) => ref.name === name);
      const progressing = found?.conditions.find(({ type }) => type === 'Progressing');
      return progressing?.reason === 'NewReplicaSetAvailable';
    },
    recordEvent: ({ object, type, reason, message }) =>
      platform.recordEvent({
        about: { namespace, name: object.metadata.name },
        type,
        reason,
        message,
      }),
    close: () => Promise.resolve(),
  };
}
