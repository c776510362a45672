import { asksForScrape, SCRAPE, SCRAPE_PORT } from '../model/scrape.ts';
import { declaredPorts } from '../model/ports.ts';
import type { Rule } from '../rule.ts';

/** Annotated for scraping without a port, with several to choose from. */
export const scrapeEveryPort: Rule = {
  id: 'scrape-every-port',
  severity: 'warning',
  summary: 'annotated for scraping without a port, and the pods have several',
  why: 'Without `prometheus.io/port` every declared port becomes a target of its own: those that serve no metrics are DOWN, and where several do, each request is counted several times.',
  fix: 'Name the port that serves the metrics: `prometheus.io/port: "8080"`.',
  check: ({ workloads }) =>
    workloads.flatMap((workload) => {
      const { manifest, template, annotations, containers } = workload;
      if (!asksForScrape(annotations) || SCRAPE_PORT in annotations) return [];
      const ports = containers.flatMap(({ ports: own }) => own);
      if (new Set(ports.map(({ number }) => number)).size < 2) return [];
      return {
        manifest,
        path: [...template, 'metadata', 'annotations', SCRAPE],
        message: `there is no ${SCRAPE_PORT}: each of ${declaredPorts(workload)} becomes a target`,
      };
    }),
};
