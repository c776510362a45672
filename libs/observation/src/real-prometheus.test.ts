import type { RequestListener } from 'node:http';
import type { Look, Observer, Series } from '@canary/rollout';
import fc from 'fast-check';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directObserver, type ReleasedPod } from './direct-observer.ts';
import { prometheusApi } from './prometheus-api.ts';
import { prometheusObserver } from './prometheus-observer.ts';
import { parseTextFormat } from './text-format.ts';
import { promqlString } from './promql.ts';
import { scrapeAnnotations } from './scrape-annotations.ts';
import { anyText } from './testing/any-text.ts';
import { podAt } from './testing/pods.ts';
import { skipReason, startPrometheus, type RealPrometheus } from './testing/real-prometheus.ts';
import { exposing, startServer, type TestServer } from './testing/server.ts';

const METRICS = ['http_requests_total', 'http_request_duration_seconds', 'a', 'b'];

/**
 * Texts on which Prometheus has the last word. Four oddities are not among them, as the format's
 * description does not bear out Prometheus 2: it takes labels without a comma between them and a value
 * that follows the name without a blank, and refuses a blank before the name and a timestamp below 0.
 */
const TEXTS = [
  ...[
    '',
    '\n\n',
    'a 1',
    'a 1\n',
    'a 1\n\n\nb 2\n',
    'a\t1 \t\n',
    'a',
    'a ',
    'a xyz',
    '1a 2',
    'a.b 2',
  ],
  ...['a 1\r\n', 'a 1,5', 'a 1 1.5', 'a 1 2 3', 'a 1\v', '\ufeffa 1', '{"status":"UP"}'],
  ...['<!doctype html>\n<p>hello</p>\n', 'a 1\n<p>hello</p>\n', 'a 1 # {x="1"} 1'],
  ...['a 0x10', 'a 1_0', 'a inf', 'a -Infinity', 'a nan', 'a +nan', 'a +1', 'a 1e400', 'a 1e-400'],
  ...['a .5\nb 5.', 'a 1.5e+3', 'a{} 1', 'a{ } 1', 'a{}1', 'a{x="1"}2', 'a{x="1",} 1', 'a{x="1"'],
  ...['a{x="1', 'a{x=1} 1', "a{x='1'} 1", 'a{x:y="1"} 1', 'a{1x="1"} 1', 'a{,x="1"} 1'],
  ...['a{x="1",,} 1', 'a{x="1",x="2"} 1', 'a{x="1"}', 'a{x="1"}{y="2"} 1', 'a{__name__="b"} 1'],
  ...['a{ x = "1" , y="2" , } \t 3', 'a{x="",y="1"} 1', 'a{x="a\tb\rc"} 1', 'a{x="ü€😀"} 1'],
  ...['a{x="{id},b=\\"c\\"} 1 # {"} 2', 'a{x="\\d\\n\\\\n"} 1', 'a{x="\\"} 1', 'a 1\na 2\n'],
  ...['#', '#no blank\na 1', '# EOF\na 1', '# TYPED', '# TYPE', '# TYPE ', '# TYPE a', '# HELP'],
  ...['# HELP ', '# HELP a\na 1', '# HELP a b\\c\\\\d\na 1', '# TYPE a count', '# TYPE counter'],
  ...['# TYPE a counter x', '# TYPE a counter ', ' # TYPE a counter\na 1'],
  ...['# TYPE a counter\n# TYPE a gauge\na 1', 'a_bucket{le="1.0"} 1', 'a_bucket{le="1e+06"} 1'],
];

describe.skipIf(skipReason)(
  `beside a real Prometheus${skipReason ? ` (${skipReason})` : ''}`,
  () => {
    const servers: TestServer[] = [];
    let prometheus: RealPrometheus | undefined;
    let pods: ReleasedPod[];
    let texts: ReleasedPod[];

    async function serve(listener: RequestListener): Promise<TestServer> {
      const server = await startServer(listener);
      servers.push(server);
      return server;
    }

    beforeAll(async () => {
      const [one, two, broken] = [
        await serve(service()),
        await serve(service()),
        await serve(notFound),
      ];
      const gone = await startServer(notFound);
      await gone.close();
      pods = [
        podAt(one.address, { name: 'v1-a' }),
        podAt(two.address, { name: 'v2-a', release: '2.0.0' }),
        podAt(broken.address, { name: 'v2-b', release: '2.0.0' }),
        podAt(gone.address, { name: 'v2-c', release: '2.0.0' }),
      ];
      const expositions = await serve((request, response) => {
        exposing(TEXTS[Number(request.url?.slice(1))]!)(request, response);
      });
      texts = TEXTS.map((_, index) =>
        podAt(expositions.address, {
          name: `text-${String(index).padStart(3, '0')}`,
          annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/path': `/${index}` },
        }),
      );
      prometheus = await startPrometheus([
        ...pods.map((pod) => discovered('myapp', pod)),
        ...texts.map((pod) => discovered('texts', pod)),
      ]);
      for (const [server, requests] of [
        [one, 5],
        [two, 3],
      ] as const)
        for (let i = 0; i < requests; i++) await (await fetch(server.url)).text();
    }, 30_000);

    afterAll(async () => {
      await prometheus?.close();
      await Promise.all(servers.map((server) => server.close()));
    });

    const direct = (listed: readonly ReleasedPod[]) =>
      directObserver({
        listPods: () => Promise.resolve(listed),
        metrics: METRICS,
        timeoutMs: 15_000,
      });
    const through = (appname: string): Observer =>
      prometheusObserver({
        url: prometheus!.url,
        namespace: 'default',
        selector: { appname },
        metrics: METRICS,
        lookbackSeconds: 60,
      });

    it('sees what a direct look sees: pods, releases, health and every series', async () => {
      const seen = comparable(await direct(pods).look());
      await expect
        .poll(async () => comparable(await through('myapp').look()), { timeout: 20_000 })
        .toEqual(seen);
      expect(seen.targets.map(({ health, error }) => [health, error])).toEqual([
        ['up', undefined],
        ['up', undefined],
        ['down', 'server returned HTTP status 404 Not Found'],
        ['down', 'connection refused'],
      ]);
      const requests = { endpoint: '/a "b"\\c', status: '200' };
      expect(seen.samples).toMatchObject([
        { pod: 'v1-a', release: '1.0.0', startedAt: 1_700_000_000_123 },
        { pod: 'v2-a', release: '2.0.0', startedAt: 1_700_000_000_123 },
      ]);
      expect(seen.samples.map(({ series }) => series.at(-1))).toEqual([
        { name: 'http_requests_total', labels: requests, value: 5 },
        { name: 'http_requests_total', labels: requests, value: 3 },
      ]);
      expect(seen.samples.map(({ series }) => series.length)).toEqual([7, 7]);
    }, 30_000);

    it('says of the same texts that they are in the format, and what is in them', async () => {
      const seen = asPrometheusReads(comparable(await direct(texts).look()));
      await expect
        .poll(async () => comparable(await through('texts').look()), { timeout: 20_000 })
        .toEqual(seen);
      expect(new Set(seen.targets.map(({ health }) => health))).toEqual(new Set(['up', 'down']));
    }, 30_000);

    it('reads every string as it was before it was escaped', async () => {
      const api = prometheusApi(prometheus!);
      await expect.poll(() => api.ready(), { timeout: 20_000 }).toBe(true);
      await fc.assert(
        fc.asyncProperty(anyText, async (text) => {
          expect(await api.query(promqlString(text))).toEqual({ type: 'string', text });
        }),
      );
    }, 30_000);
  },
);

/** A service that counts what it answers, and tells `/metrics` of it. */
function service(): RequestListener {
  const registers = [new Registry()];
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'Requests answered.',
    labelNames: ['endpoint', 'status'],
    registers,
  });
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to the response.',
    buckets: [0.1, 1, 2.5],
    registers,
  });
  const started = { name: 'process_start_time_seconds', help: 'Start of the process.', registers };
  new Gauge(started).set(1_700_000_000.123);
  return (request, response) => {
    if (request.url !== '/metrics') {
      requests.inc({ endpoint: '/a "b"\\c', status: 200 });
      duration.observe(0.5);
      response.end('hello');
      return;
    }
    void registers[0]!.metrics().then((text) => {
      exposing(text)(request, response);
    });
  };
}

const notFound: RequestListener = (_, response) => response.writeHead(404).end();

/** What a cluster's Prometheus knows of a pod. */
function discovered(appname: string, { pod, release }: ReleasedPod) {
  return {
    address: pod.scrapeAddress!,
    labels: {
      __metrics_path__: scrapeAnnotations(pod)!.path,
      kubernetes_namespace: 'default',
      kubernetes_pod_name: pod.name,
      appname,
      release,
    },
  };
}

/** Prometheus leaves a whole text out where a line of it is bad; ours goes by what the strict reader says. */
function asPrometheusReads({ targets, samples }: ReturnType<typeof comparable>) {
  const isBad = ({ pod }: { readonly pod: string }) => {
    const text = TEXTS[Number(pod.slice('text-'.length))]!;
    try {
      parseTextFormat(text);
      return false;
    } catch {
      return true;
    }
  };
  const down = { health: 'down', error: 'not in the format' } as const;
  return {
    targets: targets.map((target) => (isBad(target) ? { ...target, ...down } : target)),
    samples: samples.filter((sample) => !isBad(sample)),
  };
}

const NOT_COMPARED = { ready: undefined, restarts: undefined, faults: undefined };

/**
 * What two sources have to agree on: all but the time, the order of series, the words of a parser, and
 * what the platform knows of a pod.
 */
function comparable({ samples, targets }: Look) {
  return {
    targets: targets.map((target) => ({
      ...target,
      unanswered: undefined,
      error: target.error && reasonOf(target.error),
    })),
    samples: samples
      .filter(({ series }) => series.length > 0)
      .map((sample) => ({
        ...sample,
        ...NOT_COMPARED,
        at: 'any',
        series: sorted(sample.series),
      })),
  };
}

/** Go puts what it was about to do before a reason. */
function reasonOf(error: string): string {
  const reason = error.replace(/^Get .*: /, '');
  return /^(server returned|connection refused)/.test(reason) ? reason : 'not in the format';
}

function sorted(series: readonly Series[]): Series[] {
  const key = ({ name, labels }: Series) => JSON.stringify([name, Object.entries(labels).sort()]);
  return series.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
