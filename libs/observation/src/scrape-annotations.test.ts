import { describe, expect, it } from 'vitest';
import { podUrl, scrapeAnnotations } from './scrape-annotations.ts';
import { podAt } from './testing/pods.ts';

const annotated = (annotations: Record<string, string>, address: string | undefined = '10.0.0.1') =>
  podAt(address, { annotations }).pod;

describe('scrapeAnnotations', () => {
  it.each([{}, { 'prometheus.io/scrape': 'false' }, { 'prometheus.io/port': '80' }])(
    'takes %o for a pod that does not ask to be scraped',
    (annotations) => {
      expect(scrapeAnnotations(annotated(annotations))).toBeUndefined();
      expect(podUrl(annotated(annotations))).toBeUndefined();
    },
  );
});

describe('podUrl', () => {
  it('has nothing for a pod without an address', () => {
    expect(podUrl(podAt(undefined).pod)).toBeUndefined();
  });

  it.each([
    ['10.0.0.1', {}, 'http://10.0.0.1/metrics'],
    ['10.0.0.1', { port: '5555' }, 'http://10.0.0.1:5555/metrics'],
    ['10.0.0.1:40123', { port: '5555' }, 'http://10.0.0.1:40123/metrics'],
    ['10.0.0.1:5555', { path: '/actuator/prometheus' }, 'http://10.0.0.1:5555/actuator/prometheus'],
    [
      '10.0.0.1:5555',
      { path: 'stats?format=prometheus' },
      'http://10.0.0.1:5555/stats?format=prometheus',
    ],
    ['10.0.0.1:5555', { scheme: 'https' }, 'https://10.0.0.1:5555/metrics'],
    ['[fd00::7]', { port: '5555' }, 'http://[fd00::7]:5555/metrics'],
    ['[fd00::7]:5555', {}, 'http://[fd00::7]:5555/metrics'],
  ])('scrapes %s with %o at %s', (address, asked, url) => {
    const annotations = Object.fromEntries(
      Object.entries({ scrape: 'true', ...asked }).map(([k, v]) => [`prometheus.io/${k}`, v]),
    );
    expect(podUrl(annotated(annotations, address))).toEqual({ url });
  });
});
