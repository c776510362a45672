import { isCustom, nameOf } from '../model/manifest.ts';
import { declares } from '../model/ports.ts';
import { selectorText, type Selector } from '../model/selector.ts';
import type { Service } from '../model/service.ts';
import type { Workload } from '../model/workload.ts';
import type { Rule } from '../rule.ts';

/** A Service without pods, as far as the objects given tell. */
export const serviceSelectsNothing: Rule = {
  id: 'service-selects-nothing',
  severity: 'warning',
  summary: 'the selector of a Service matches no pods of those given',
  why: 'A Service without pods refuses every connection; one letter of a label is enough, and nothing else tells of it. Found only where pods are given that no Service selects and that look meant, by a label or a port; and not at all beside custom resources, whose pods cannot be seen.',
  fix: 'Select by labels that the pods have; lint the files together where the pods are in another one.',
  check: (scope) => {
    // What an operator makes of a custom resource cannot be seen here.
    if (scope.manifests.some(isCustom)) return [];
    return scope.services.flatMap((service) => {
      const { manifest, selector } = service;
      if (scope.behind(service).length > 0) return [];
      const none: Selector = { labels: {}, expressions: [] };
      const there = scope
        .selected(manifest.namespace, none)
        .filter((workload) => scope.inFrontOf(workload).length === 0);
      const near = there.find((workload) => isMeant(service, workload));
      if (!near) return [];
      const labels = selectorText({
        labels: Object.fromEntries(
          Object.entries(near.labels).filter(([key]) => key in selector.labels),
        ),
        expressions: [],
      });
      const message = `selector ${selectorText(selector)} catches no pods of those given; those of ${nameOf(near.manifest)} have ${labels}`;
      return { manifest, path: ['spec', 'selector'], message };
    });
  },
};

/**
 * Whether the Service may well be meant for the pods, which no other one selects: they have a label
 * by which it selects, and the same value for another, or a port that it asks.
 */
function isMeant({ selector, ports }: Service, workload: Workload): boolean {
  const keys = Object.keys(selector.labels).filter((key) => key in workload.labels);
  const isAlike = keys.some((key) => selector.labels[key] === workload.labels[key]);
  const hasPort = ports.some(({ target }) => target !== undefined && declares(workload, target));
  return keys.length > 0 && (isAlike || hasPort);
}
