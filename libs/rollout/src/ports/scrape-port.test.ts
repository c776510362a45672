import { expect, it } from 'vitest';
import { scrapePort } from './scrape-port.ts';

const web = { name: 'http', containerPort: 8080 };

it.each([
  ['none where there is none', {}, [], undefined],
  ['the first, where no name tells', {}, [web, { containerPort: 9000 }], 8080],
  ['the first, where the annotation is no number', { 'prometheus.io/port': 'web' }, [web], 8080],
  ['the one called metrics', {}, [web, { name: 'metrics', containerPort: 9090 }], 9090],
  ['the one called http-metrics', {}, [web, { name: 'http-metrics', containerPort: 9091 }], 9091],
  ['the one called prometheus', {}, [web, { name: 'prometheus', containerPort: 9092 }], 9092],
  [
    'the annotated one before all',
    { 'prometheus.io/port': '5555' },
    [web, { name: 'metrics', containerPort: 9090 }],
    5555,
  ],
])('is %s', (_, annotations, ports, port) => {
  expect(scrapePort(annotations, ports)).toBe(port);
});
