import { expect, it } from 'vitest';
import { deployment, service, stream } from '../testing/objects.ts';
import { problems } from '../testing/problems.ts';
import { scrapeMisplaced } from './scrape-misplaced.ts';

const SCRAPE = 'annotations: {prometheus.io/scrape: "true"}';
const misplaced = deployment().replace('{name: web}', `{name: web, ${SCRAPE}}`);

it('finds annotations on the Deployment that its pods do not have', () => {
  expect(problems(scrapeMisplaced, misplaced)).toEqual([
    '3: Deployment web: prometheus.io/scrape is on the Deployment itself, and its pods do not have it',
  ]);
});

it.each([
  ['the pods', deployment({ annotations: '{prometheus.io/scrape: "true"}' })],
  ['both', misplaced.replace('annotations: {}', SCRAPE)],
  [
    'the Service as well',
    stream(
      misplaced,
      service('web', '{app: web}').replace('{name: web}', `{name: web, ${SCRAPE}}`),
    ),
  ],
  ['a pod itself', `apiVersion: v1\nkind: Pod\nmetadata: {name: web, ${SCRAPE}}\nspec: {}\n`],
])('finds nothing where they are on %s', (_, yaml) => {
  expect(problems(scrapeMisplaced, yaml)).toEqual([]);
});
