import { fileStore, knowsKind, remoteLocalPlatform } from '@canary/local';
import { systemClock } from '@canary/runtime';
import { prometheusHeaders } from './header-file.ts';
import { namedPlatform } from './named-platform.ts';
import { person } from './person.ts';
import type { LocalSiteOptions, Site } from './site.ts';
import { rolloutsIn } from './state-folder.ts';
import { viewingObserver } from './viewing-observer.ts';

/**
 * A namespace of the embedded platform that a `canary up` of this machine holds.
 *
 * @throws an `Error` that names the state folder and the remedy, where none holds it
 */
export async function localSite({ names, state, ...options }: LocalSiteOptions): Promise<Site> {
  const host = remoteLocalPlatform({ stateDirectory: state });
  // Nothing is to be saved in a folder that nobody holds, such as one of another directory.
  await host.info();
  const platform = namedPlatform(host, names);
  const namespace = options.namespace ?? 'default';
  const prometheus: Site['prometheus'] = async ({ prometheus: url, prometheusHeaderFile }) =>
    url === undefined ? undefined : { url, headers: await prometheusHeaders(prometheusHeaderFile) };
  return {
    namespace,
    platform,
    // To list costs this machine no more than to watch.
    sight: platform,
    store: fileStore(rolloutsIn(state)),
    clock: systemClock,
    ...person(),
    run: (commands) => host.run(commands),
    // Where that of canary up is only its own lines tell.
    hasPrometheus: () => Promise.resolve(false),
    prometheus,
    observer: async (selector, view) =>
      viewingObserver({ sight: platform, selector, view, prometheus: await prometheus(view) }),
    knows: knowsKind,
    isRolledOut: async ({ name }) => {
      const workloads = await platform.list({ namespace, labels: {} });
      const found = workloads.find(({ ref }) => ref.name === name);
      const progressing = found?.conditions.find(({ type }) => type === 'Progressing');
      return progressing?.reason === 'NewReplicaSetAvailable';
    },
    recordEvent: ({ object, type, reason, message }) =>
      host.recordEvent({
        about: { namespace, name: object.metadata.name },
        type,
        reason,
        message,
      }),
    close: () => Promise.resolve(),
  };
}
