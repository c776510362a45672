import { expect, it } from 'vitest';
import { deployment, service } from '../testing/objects.ts';
import { problems } from '../testing/problems.ts';
import { scrapeAnnotations } from './scrape-annotations.ts';

it.each([
  ['prometheus.io/scrape: "True"', 'only "true" is scraped, in just these letters'],
  ['prometheus.io/scrape: "yes"', 'only "true" is scraped, in just these letters'],
  ['prometheus.io/port: "http"', 'it has to be a number from 1 to 65535'],
  ['prometheus.io/port: "65536"', 'it has to be a number from 1 to 65535'],
  ['prometheus.io/port: ""', 'it has to be a number from 1 to 65535'],
  ['prometheus.io/scheme: "HTTPS"', 'it has to be http or https'],
  [
    'prometheus.io/path: "/metrics?format=prometheus"',
    'it has to be a path alone: a query is asked for as part of the path',
  ],
])('finds %s', (annotation, message) => {
  expect(problems(scrapeAnnotations, deployment({ annotations: `{${annotation}}` }))).toEqual([
    expect.stringMatching(new RegExp(`^7: Deployment web: prometheus.io/.*: ${message}$`)),
  ]);
});

it.each([
  'prometheus.io/scrape: "true"',
  'prometheus.io/scrape: "false"',
  'prometheus.io/port: "8080"',
  'prometheus.io/path: _status/vars',
  'prometheus.io/port: "${METRICS_PORT}"',
  'example.com/port: "http"',
])('lets %s be', (annotation) => {
  expect(problems(scrapeAnnotations, deployment({ annotations: `{${annotation}}` }))).toEqual([]);
});

it('looks at Services too', () => {
  const annotated = service('web', '{app: web}').replace(
    '{name: web}',
    '{name: web, annotations: {prometheus.io/port: web}}',
  );
  expect(problems(scrapeAnnotations, annotated)).toHaveLength(1);
});
