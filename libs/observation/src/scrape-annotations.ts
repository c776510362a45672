import type { Pod } from '@canary/rollout';

/** How a pod asks to be scraped. */
export interface ScrapeAnnotations {
  /** `prometheus.io/scheme`; `http` where it has none. */
  readonly scheme: string;
  /** `prometheus.io/port`; `undefined` where it has none. */
  readonly port: string | undefined;
  /** `prometheus.io/path`, with a leading slash; `/metrics` where it has none. */
  readonly path: string;
}

/** Where a scrape goes, and with which request headers: those of an API server's `pods/proxy`, say. */
export interface ScrapeUrl {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How the pod asks to be scraped, or `undefined` where it has no `prometheus.io/scrape: "true"`. */
export function scrapeAnnotations({ annotations }: Pod): ScrapeAnnotations | undefined {
  if (annotations['prometheus.io/scrape'] !== 'true') return undefined;
  const path = annotations['prometheus.io/path'] ?? '/metrics';
  return {
    scheme: annotations['prometheus.io/scheme'] ?? 'http',
    port: annotations['prometheus.io/port'],
    path: path.startsWith('/') ? path : `/${path}`,
  };
}

/**
 * The pod's own address, as Prometheus inside its cluster reaches it; `undefined` where the pod does
 * not ask to be scraped or has no address yet. A port in `scrapeAddress` goes before the annotated
 * one: the platform that gave it knows which port stands for that one.
 */
export function podUrl(pod: Pod): ScrapeUrl | undefined {
  const asked = scrapeAnnotations(pod);
  if (!asked || pod.scrapeAddress === undefined) return undefined;
  const { scheme, port, path } = asked;
  const hasPort = /:\d+$/.test(pod.scrapeAddress) || port === undefined;
  return { url: `${scheme}://${pod.scrapeAddress}${hasPort ? '' : `:${port}`}${path}` };
}
