import type { Check } from '../doctor-checks.ts';
import type { SiteOptions } from './site.ts';

/** The checks of a platform, and what ends the way to it. */
export interface SiteChecks {
  readonly checks: readonly Check[];
  readonly close: () => Promise<void>;
}

/** What `canary doctor` looks at; what only one platform needs is loaded for it alone. */
export async function siteChecks(
  options: SiteOptions,
  path: string | undefined,
): Promise<SiteChecks> {
  if (options.on === 'local') {
    const { localChecks } = await import('./local-checks.ts');
    return { checks: localChecks(options, path), close: () => Promise.resolve() };
  }
  const { toolChecks } = await import('./tool-checks.ts');
  const { kubernetesChecks } = await import('./kubernetes-checks.ts');
  const { checks, close } = kubernetesChecks(options);
  return { checks: [...toolChecks, ...checks], close };
}
