import { declaredPorts, declares, mayHavePort } from '../model/ports.ts';
import { asksForScrape, portNumber, SCRAPE_PORT } from '../model/scrape.ts';
import type { Rule } from '../rule.ts';

/** Annotated for scraping, but no such port. */
export const scrapePort: Rule = {
  id: 'scrape-port',
  severity: 'error',
  summary: 'annotated for scraping at a port that the pods do not have',
  why: 'Prometheus finds the pods and asks a port where nothing listens: their targets are DOWN, and there is no metric of them. A canary without metrics cannot be judged.',
  fix: 'Put the number of the container port that serves the metrics in `prometheus.io/port`, or declare that port.',
  check: (scope) =>
    scope.workloads.flatMap((workload) => {
      const { manifest, annotations, template } = workload;
      const port = portNumber(annotations[SCRAPE_PORT] ?? '');
      if (!asksForScrape(annotations) || port === undefined) return [];
      if (declares(workload, port) || mayHavePort(scope, workload, port)) return [];
      return {
        manifest,
        path: [...template, 'metadata', 'annotations', SCRAPE_PORT],
        message: `${SCRAPE_PORT} is ${port}, and the pods have ${declaredPorts(workload)}`,
      };
    }),
};
