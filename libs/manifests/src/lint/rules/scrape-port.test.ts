import { expect, it } from 'vitest';
import { deployment, stream } from '../testing/objects.ts';
import { problems } from '../testing/problems.ts';
import { scrapePort } from './scrape-port.ts';

const annotated = (port: string, container?: string, pod?: string) =>
  deployment({
    annotations: `{prometheus.io/scrape: "true", prometheus.io/port: "${port}"}`,
    ...(container === undefined ? {} : { container }),
    ...(pod === undefined ? {} : { pod }),
  });

it('finds a port that no container has', () => {
  expect(problems(scrapePort, annotated('9999'))).toEqual([
    '7: Deployment web: prometheus.io/port is 9999, and the pods have 80 (http)',
  ]);
});

it.each([
  ['it is declared', annotated('80')],
  ['no port is declared at all', annotated('9999', 'image: "web:1"')],
  [
    'an argument names it',
    annotated('9999', 'args: ["--metrics=:9999"], ports: [{containerPort: 80}]'),
  ],
  [
    'a variable names it',
    annotated('9999', 'env: [{name: P, value: "9999"}], ports: [{containerPort: 80}]'),
  ],
  ['the pods are on the network of the node', annotated('9999', undefined, 'hostNetwork: true')],
  ['a mesh brings it', annotated('15020')],
  ['nothing is to be scraped', deployment({ annotations: '{prometheus.io/port: "9999"}' })],
  [
    'a ConfigMap that is mounted names it',
    stream(
      annotated('9999', undefined, 'volumes: [{name: c, configMap: {name: conf}}]'),
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: conf}\ndata: {a: "listen: 0.0.0.0:9999"}\n',
    ),
  ],
])('finds nothing where %s', (_, yaml) => {
  expect(problems(scrapePort, yaml)).toEqual([]);
});

it('is not taken in by a longer number', () => {
  const container = 'args: ["--metrics=:19999"], ports: [{containerPort: 80}]';
  expect(problems(scrapePort, annotated('9999', container))).toHaveLength(1);
});
