import { describe, expect, it } from 'vitest';
import { checkPrometheus, prometheusObserver, prometheusTargets } from './prometheus-observer.ts';
import { fakePrometheus, sendJson } from './testing/fake-prometheus.ts';

type Labels = Record<string, string>;

/** The labels that the scrape configuration gives the target of a pod. */
const target = (pod: string, own: Labels = {}): Labels => ({
  job: 'kubernetes-pods',
  instance: `${pod}:5555`,
  kubernetes_namespace: 'default',
  kubernetes_pod_name: pod,
  appname: 'myapp',
  release: '1.0.0',
  ...own,
});
const active = (labels: Labels, lastError = '') => ({
  labels,
  scrapeUrl: `http://${labels['instance']!}/metrics`,
  health: lastError === '' ? 'up' : 'down',
  lastError,
});
const series = (name: string, labels: Labels, ...values: [seconds: number, value: number][]) => ({
  metric: { __name__: name, ...labels },
  values: values.map(([seconds, value]) => [seconds, String(value)]),
});

const fake = (result: object[], targets: object[] = []) =>
  fakePrometheus({
    '/api/v1/query': { resultType: 'matrix', result },
    '/api/v1/targets': { activeTargets: targets },
  });
const options = {
  namespace: 'default',
  selector: { appname: 'myapp' },
  metrics: ['http_requests_total', 'h'],
  lookbackSeconds: 30,
};
const look = (server: { url: string }) =>
  prometheusObserver({ ...options, url: server.url }).look();

describe('prometheusObserver', () => {
  it('rejects where Prometheus says no', async () => {
    const server = await fakePrometheus({
      '/api/v1/query': (response) => {
        sendJson(response, 503, { status: 'error', errorType: 'timeout', error: 'too slow' });
      },
      '/api/v1/targets': { activeTargets: [] },
    });
    await expect(look(server)).rejects.toThrow(/^Prometheus at http.* refused .*timeout: too slow/);
  });

  it.each([{ metrics: ['a"'] }, { metrics: [] }, { lookbackSeconds: 0 }, { url: 'x' }])(
    'refuses %o at once',
    (own) => {
      expect(() => prometheusObserver({ url: 'http://127.0.0.1:1', ...options, ...own })).toThrow();
    },
  );

  it('asks for all series in one query, by raw samples, and for the active targets', async () => {
    const server = await fake([]);
    expect(await look(server)).toMatchObject({ samples: [], targets: [] });
    expect(server.asked.sort()).toEqual([
      '/api/v1/query?query={__name__=~"(?:http_requests_total|h)(?:_bucket|_sum|_count)?|process_start_time_seconds",quantile="",kubernetes_namespace="default",appname="myapp"}[30s]',
      '/api/v1/targets?state=active',
    ]);
  });

  it('escapes what it is told to select, and names labels as Prometheus does', async () => {
    const server = await fake([]);
    await prometheusObserver({
      url: server.url,
      namespace: 'a"\\b',
      selector: { 'app.kubernetes.io/name': 'x\ny' },
      metrics: ['a'],
      lookbackSeconds: 0.5,
    }).look();
    expect(server.asked.sort()[0]).toBe(
      String.raw`/api/v1/query?query={__name__=~"(?:a)(?:_bucket|_sum|_count)?|process_start_time_seconds",quantile="",kubernetes_namespace="a\"\\b",app_kubernetes_io_name="x\ny"}[500ms]`,
    );
  });

  it("gives each pod's newest scrape, without the labels that Prometheus added", async () => {
    const [a, b] = [target('a', { tier: 'x' }), target('b', { release: '2.0.0' })];
    const server = await fake(
      [
        series('http_requests_total', { ...b, status: '200', tier: 'own' }, [20.5, 3]),
        series('http_requests_total', { ...a, status: '200' }, [10, 5], [20, 7]),
        series('h_bucket', { ...a, le: '1.0' }, [10, 5], [20, 6]),
        series('process_start_time_seconds', a, [20, 1.5]),
      ],
      [active(b), active(a)],
    );
    expect((await look(server)).samples).toEqual([
      {
        pod: 'a',
        release: '1.0.0',
        at: 20_000,
        startedAt: 1500,
        series: [
          { name: 'http_requests_total', labels: { status: '200' }, value: 7 },
          { name: 'h_bucket', labels: { le: '1' }, value: 6 },
        ],
        ownPaths: ['/metrics'],
      },
      {
        pod: 'b',
        release: '2.0.0',
        at: 20_500,
        startedAt: undefined,
        series: [{ name: 'http_requests_total', labels: { status: '200', tier: 'own' }, value: 3 }],
        ownPaths: ['/metrics'],
      },
    ]);
  });

  it('leaves out series that the newest scrape did not have: those of a process before', async () => {
    const a = target('a');
    const server = await fake([
      series('http_requests_total', { ...a, status: '500' }, [10, 90]),
      series('http_requests_total', { ...a, status: '200' }, [10, 50], [20, 1]),
      series('process_start_time_seconds', a, [10, 1], [20, 19]),
    ]);
    expect((await look(server)).samples).toMatchObject([
      {
        at: 20_000,
        startedAt: 19_000,
        series: [{ labels: { status: '200' }, value: 1 }],
      },
    ]);
  });

  it('takes the newer scrape whole where two jobs scrape a pod', async () => {
    const [one, other] = [target('a', { job: 'one' }), target('a', { job: 'other' })];
    const server = await fake([
      series('http_requests_total', { ...one, status: '200' }, [10, 1]),
      series('http_requests_total', { ...other, status: '200' }, [11, 2]),
      series('http_requests_total', { ...other, status: '500' }, [11, 3]),
    ]);
    const { samples } = await look(server);
    expect(samples.map(({ at, series: all }) => [at, all.map(({ value }) => value)])).toEqual([
      [11_000, [2, 3]],
    ]);
  });

  it('keeps the last sample of a pod that has gone, without the labels added to the others', async () => {
    const [gone, there] = [target('gone', { tier: 'x' }), target('there', { tier: 'x' })];
    const server = await fake(
      [series('http_requests_total', { ...gone, status: '200' }, [10, 1])],
      [active(there)],
    );
    const { samples, targets } = await look(server);
    expect(samples.map(({ pod, series: all }) => [pod, all[0]?.labels])).toEqual([
      ['gone', { status: '200' }],
    ]);
    expect(targets).toMatchObject([{ pod: 'there' }]);
  });

  it('gives a label back its name that Prometheus had to change', async () => {
    const labels = { ...target('a'), exported_release: 'mine', exported_by: 'me' };
    const server = await fake(
      [series('http_requests_total', labels, [1, 1])],
      [active(target('a'))],
    );
    expect((await look(server)).samples[0]?.series[0]?.labels).toEqual({
      release: 'mine',
      exported_by: 'me',
    });
  });

  it("understands the Prometheus Operator's labels, and asks by them from then on", async () => {
    const labels = {
      ...{ job: 'shop', instance: 'a:5555', namespace: 'default', pod: 'a' },
      ...{ appname: 'myapp', release: '2.0.0' },
    };
    const server = await fake(
      [series('http_requests_total', { ...labels, status: '200' }, [10, 3])],
      [active(labels)],
    );
    const observer = prometheusObserver({ ...options, url: server.url });
    for (let look = 1; look <= 2; look++) {
      expect(await observer.look()).toMatchObject({
        samples: [
          { pod: 'a', release: '2.0.0', series: [{ labels: { status: '200' }, value: 3 }] },
        ],
        targets: [{ pod: 'a', release: '2.0.0' }],
      });
    }
    const queries = server.asked.filter((asked) => asked.startsWith('/api/v1/query'));
    expect(queries.map((asked) => /,(\w+)="default"/.exec(asked)?.[1])).toEqual([
      'kubernetes_namespace',
      'namespace',
      'namespace',
    ]);
  });

  it("gives the app's targets only, with the reason why one is down", async () => {
    const error = 'server returned HTTP status 404 Not Found';
    const server = await fake(
      [],
      [
        active(target('b', { release: '2.0.0' }), error),
        active(target('a')),
        active(target('c', { appname: 'tomcat' })),
        active(target('d', { kubernetes_namespace: 'other' })),
        active({ job: 'prometheus', instance: 'localhost:9090' }),
      ],
    );
    expect((await look(server)).targets).toEqual([
      {
        pod: 'a',
        release: '1.0.0',
        url: 'http://a:5555/metrics',
        health: 'up',
        error: undefined,
      },
      { pod: 'b', release: '2.0.0', url: 'http://b:5555/metrics', health: 'down', error },
    ]);
  });
});

describe('prometheusTargets', () => {
  it("gives the targets of the namespace, whether they carry the pods' own labels or not", async () => {
    const bare = { job: 'shop', instance: 'b:1', namespace: 'default', pod: 'b' };
    const other = target('c', { kubernetes_namespace: 'other' });
    const server = await fake([], [active(bare), active(target('a')), active(other)]);
    const targets = await prometheusTargets({ url: server.url, namespace: 'default' })();
    expect(targets.map(({ pod }) => pod)).toEqual(['a', 'b']);
  });
});

describe('checkPrometheus', () => {
  it('refuses one whose targets name no pod, with the labels that are there', async () => {
    const server = await fake([], [active({ job: 'x', instance: 'y:1' })]);
    await expect(checkPrometheus({ url: server.url })).rejects.toThrow(
      /no target that names its pod by the labels kubernetes_namespace and kubernetes_pod_name, or namespace and pod \(there: instance, job\): .*--prometheus none$/,
    );
  });

  it.each([
    [401, '--prometheus-header-file'],
    [403, '--prometheus-header-file'],
    [404, 'check that the URL is that of Prometheus'],
  ])('refuses one that answers %i, with the remedy', async (status, remedy) => {
    const server = await fakePrometheus({
      '/api/v1/targets': (response) => response.writeHead(status).end(),
    });
    await expect(checkPrometheus({ url: server.url })).rejects.toThrow(remedy);
  });

  it('refuses one that is not there', async () => {
    const server = await fake([]);
    await server.close();
    await expect(checkPrometheus({ url: server.url })).rejects.toThrow('cannot be reached');
  });

  it('is content with pods of any convention, and with one that has found nothing yet', async () => {
    const bare = { job: 'shop', instance: 'b:1', namespace: 'default', pod: 'b' };
    for (const targets of [[], [active(bare)], [active({ job: 'x' }), active(target('a'))]]) {
      const server = await fake([], targets);
      await expect(checkPrometheus({ url: server.url })).resolves.toBeUndefined();
    }
  });
});
