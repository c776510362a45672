import { isTemplated, textsOf, valueAt, type Path } from '../model/fields.ts';
import type { Manifest } from '../model/manifest.ts';
import { portNumber, SCRAPE, SCRAPE_PATH, SCRAPE_PORT, SCRAPE_SCHEME } from '../model/scrape.ts';
import type { Problem, Rule } from '../rule.ts';

/** What each annotation may be, as half a sentence; undefined where it is that. */
const wrong: Readonly<Record<string, (value: string) => string | undefined>> = {
  [SCRAPE]: (value) =>
    ['true', 'false'].includes(value) ? undefined : 'only "true" is scraped, in just these letters',
  [SCRAPE_PORT]: (value) =>
    portNumber(value) === undefined ? 'it has to be a number from 1 to 65535' : undefined,
  [SCRAPE_SCHEME]: (value) =>
    ['http', 'https'].includes(value) ? undefined : 'it has to be http or https',
  [SCRAPE_PATH]: (value) =>
    /[?#]|:\/\//.test(value)
      ? 'it has to be a path alone: a query is asked for as part of the path'
      : undefined,
};

/** Scrape annotations that say something else than was meant. */
export const scrapeAnnotations: Rule = {
  id: 'scrape-annotations',
  severity: 'error',
  summary: 'scrape annotations with values that Prometheus does not take',
  why: 'Prometheus compares `prometheus.io/scrape` with `true` and puts port, path and scheme into an address as they are: with any other value the pods are not found, or asked at an address that is none.',
  fix: 'Write `prometheus.io/scrape: "true"`, a number in quotes as the port, and a path without a query.',
  check: ({ workloads, services }) => [
    ...workloads.flatMap(({ manifest, template }) => look(manifest, [...template, 'metadata'])),
    ...services.flatMap(({ manifest }) => look(manifest, ['metadata'])),
  ],
};

function look(manifest: Manifest, metadata: Path): Problem[] {
  const path = [...metadata, 'annotations'];
  const annotations = valueAt(manifest.fields, path);
  return Object.entries(textsOf(annotations)).flatMap(([name, value]) => {
    // What is no text at all is another rule's.
    if (typeof valueAt(annotations, [name]) !== 'string' || isTemplated(value)) return [];
    const problem = Object.hasOwn(wrong, name) ? wrong[name]!(value) : undefined;
    if (problem === undefined) return [];
    const message = `${name} is ${JSON.stringify(value)}: ${problem}`;
    return { manifest, path: [...path, name], message };
  });
}
