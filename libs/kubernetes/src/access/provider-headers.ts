import type { RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import type { AuthProvider } from './entries.ts';

/** How long what a provider gave is taken for good. */
const FRESH_MILLISECONDS = 30_000;

/** The header of a provider that is built into the client, such as `oidc`. */
export function providerHeaders(provider: AuthProvider) {
  const wish = {
    clusters: [{ name: 'one', server: 'https://nowhere.invalid' }],
    users: [{ name: 'one', authProvider: provider }],
    contexts: [{ name: 'one', cluster: 'one', user: 'one' }],
    currentContext: 'one',
  };
  let config: Promise<Pick<KubeConfig, 'applyToHTTPSOptions'>> | undefined;

  /** Loaded only here: hardly anyone has such a provider, and the client takes half a second. */
  async function load() {
    const { KubeConfig } = await import('@kubernetes/client-node');
    const loaded = new KubeConfig();
    loaded.loadFromOptions(wish);
    return loaded;
  }
  let had: { until: number; header: Promise<string | undefined> } | undefined;

  async function ask(): Promise<string | undefined> {
    const options: RequestOptions = {};
    config ??= load();
    await (await config).applyToHTTPSOptions(options);
    return (options.headers as Record<string, string> | undefined)?.['Authorization'];
  }

  return {
    headers: (): Promise<string | undefined> => {
      if (!had || had.until < Date.now()) {
        had = { until: Date.now() + FRESH_MILLISECONDS, header: ask() };
        had.header.catch(() => (had = undefined));
      }
      return had.header;
    },
    forget: () => (had = undefined),
  };
}
