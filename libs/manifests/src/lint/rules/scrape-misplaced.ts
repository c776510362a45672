import { textsOf, valueAt } from '../model/fields.ts';
import { asksForScrape, SCRAPE } from '../model/scrape.ts';
import type { Rule } from '../rule.ts';

/** Scrape annotations on the Deployment, where nobody looks. */
export const scrapeMisplaced: Rule = {
  id: 'scrape-misplaced',
  severity: 'error',
  summary: 'scrape annotations on a workload instead of its pods',
  why: 'Prometheus reads the annotations of pods and of Services. Those of a Deployment do not reach its pods: they are never found, and no target tells so.',
  fix: 'Move the annotations to `spec.template.metadata.annotations`.',
  check: (scope) =>
    scope.workloads.flatMap((workload) => {
      const { manifest, template, annotations } = workload;
      const path = ['metadata', 'annotations'];
      const own = textsOf(valueAt(manifest.fields, path));
      if (template.length === 0 || !asksForScrape(own) || SCRAPE in annotations) return [];
      const isFoundByService = scope
        .inFrontOf(workload)
        .some((service) => asksForScrape(textsOf(valueAt(service.manifest.fields, path))));
      if (isFoundByService) return [];
      const message = `${SCRAPE} is on the ${manifest.kind} itself, and its pods do not have it`;
      return { manifest, path: [...path, SCRAPE], message };
    }),
};
