import type { Site, ViewOptions } from './site.ts';

/** Looks at the pods directly; their targets are UP where Prometheus, if there is one, says so as well. */
export async function targetsView(site: Site): Promise<ViewOptions> {
  const prometheus = (await site.hasPrometheus()) ? 'service' : undefined;
  return { source: 'direct', prometheus };
}
