import type { Pod } from '@canary/rollout';

/** How a pod is scraped. */
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

/**
 * How the pod is scraped: as its annotations ask, and where it has none, as most do. `undefined` where it
 * says that it is not to be, by `prometheus.io/scrape: "false"`.
 */
export function scrapeAnnotations({ annotations }: Pod): ScrapeAnnotations | undefined {
  if (annotations['prometheus.io/scrape'] === 'false') return undefined;
  const path = annotations['prometheus.io/path'] ?? '/metrics';
  return {
    scheme: annotations['prometheus.io/scheme'] ?? 'http',
    port: annotations['prometheus.io/port'],
    path: path.startsWith('/') ? path : `/${path}`,
  };
}

/**
 * The pod's own address, as Prometheus inside its cluster reaches it; `undefined` where the pod is not
 * to be scraped or has no address yet. A port in `scrapeAddress` goes before the annotated
 * one: the platform that gave it knows which port stands for that one.
 */
export function podUrl(pod: Pod): ScrapeUrl | undefined {
  const asked = scrapeAnnotations(pod);
  if (!asked || pod.scrapeAddress === undefined) return undefined;
  const { scheme, port, path } = asked;
  const hasPort = /:\d+$/.test(pod.scrapeAddress) || port === undefined;
  return { url: `${scheme}://${pod.scrapeAddress}${hasPort ? '' : `:${port}`}${path}` };
}

/** Where pods are scraped, whatever they say of it. */
export interface ScrapeWish {
  readonly port?: number;
  /** With its leading slash. */
  readonly path?: string;
}

/** The pod, as if it had asked to be scraped there; without an address where it has no such port. */
export function scrapedAt(pod: Pod, { port, path }: ScrapeWish): Pod {
  const annotations = {
    ...pod.annotations,
    'prometheus.io/scrape': 'true',
    ...(path === undefined ? {} : { 'prometheus.io/path': path }),
    ...(port === undefined ? {} : { 'prometheus.io/port': String(port) }),
  };
  if (port === undefined) return { ...pod, annotations };
  const own = pod.address === undefined ? undefined : `${pod.address}:${port}`;
  return { ...pod, annotations, scrapeAddress: pod.ports?.[port] ?? own };
}
