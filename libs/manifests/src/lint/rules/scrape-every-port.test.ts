import { expect, it } from 'vitest';
import { deployment } from '../testing/objects.ts';
import { problems } from '../testing/problems.ts';
import { scrapeEveryPort } from './scrape-every-port.ts';

const two = 'ports: [{name: http, containerPort: 80}, {containerPort: 9090}]';
const scrape = '{prometheus.io/scrape: "true"}';

it('finds pods with several ports of which each is scraped', () => {
  expect(problems(scrapeEveryPort, deployment({ annotations: scrape, container: two }))).toEqual([
    '7: Deployment web: there is no prometheus.io/port: each of 80 (http), 9090 becomes a target',
  ]);
});

it.each([
  ['there is one port', deployment({ annotations: scrape })],
  [
    'one is named',
    deployment({
      annotations: '{prometheus.io/scrape: "true", prometheus.io/port: "80"}',
      container: two,
    }),
  ],
  ['nothing is scraped', deployment({ container: two })],
])('finds nothing where %s', (_, yaml) => {
  expect(problems(scrapeEveryPort, yaml)).toEqual([]);
});
