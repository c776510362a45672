import { describe, expect, it } from 'vitest';
import { podUrl, scrapeAnnotations, scrapedAt } from './scrape-annotations.ts';
import { podAt } from './testing/pods.ts';

const annotated = (annotations: Record<string, string>, address: string | undefined = '10.0.0.1') =>
  podAt(address, { annotations }).pod;

describe('scrapeAnnotations', () => {
  it('has nothing for a pod that says it is not to be scraped', () => {
    const pod = annotated({ 'prometheus.io/scrape': 'false', 'prometheus.io/port': '80' });
    expect(scrapeAnnotations(pod)).toBeUndefined();
    expect(podUrl(pod)).toBeUndefined();
  });

  it('takes a pod without any for one as most are', () => {
    expect(scrapeAnnotations(annotated({}))).toEqual({
      ...{ scheme: 'http', port: undefined, path: '/metrics' },
    });
  });
});

describe('a pod that is scraped elsewhere than it says', () => {
  const pod = annotated({ 'prometheus.io/scrape': 'false' }, '10.0.0.1:80');

  it('has no address where it has no such port', () => {
    expect(podUrl(scrapedAt(pod, { port: 9090 }))).toBeUndefined();
    const local = { ...pod, ports: { 80: '127.0.0.1:40123' } };
    expect(podUrl(scrapedAt(local, { port: 9090 }))).toBeUndefined();
  });

  it.each([
    [{ port: 9090 }, { address: '10.0.0.1' }, 'http://10.0.0.1:9090/metrics'],
    [{ port: 9090 }, { ports: { 9090: '127.0.0.1:40124' } }, 'http://127.0.0.1:40124/metrics'],
    [{ path: '/stats' }, {}, 'http://10.0.0.1:80/stats'],
  ])('is scraped with %o, having %o, at %s', (wish, own, url) => {
    expect(podUrl(scrapedAt({ ...pod, ...own }, wish))).toEqual({ url });
  });
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
