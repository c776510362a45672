import { asksForScrape, SCRAPE } from '../model/scrape.ts';
import type { LiveRule } from '../rule.ts';

/** The annotated path answers no metrics: what the article's Tomcat shows. */
export const metricsLive: LiveRule = {
  id: 'metrics-live',
  severity: 'error',
  summary: 'annotated for scraping, and the running pods answer no metrics (only with `--live`)',
  why: 'An annotation is a promise that the app has to keep: where path and port answer something else than metrics in the text format, the targets are DOWN and the app cannot be judged.',
  fix: 'Serve the metrics there, name the path that does in `prometheus.io/path`, or take the annotations away.',
  check: async ({ workloads }, pods) => {
    const problems = workloads
      .filter(
        ({ manifest: { kind }, annotations }) =>
          kind === 'Deployment' && asksForScrape(annotations),
      )
      .map(async ({ manifest, template }) => {
        const targets = await pods.targetsOf(manifest);
        const down = targets.filter(({ error }) => error !== undefined);
        const [first] = down;
        if (!first) return [];
        return [
          {
            manifest,
            path: [...template, 'metadata', 'annotations', SCRAPE],
            message: `${down.length} of ${targets.length} ready pods answer no metrics: ${first.url}: ${first.error ?? ''}`,
          },
        ];
      });
    return (await Promise.all(problems)).flat();
  },
};
