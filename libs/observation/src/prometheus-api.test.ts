import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { prometheusApi } from './prometheus-api.ts';
import { fakePrometheus, sendJson } from './testing/fake-prometheus.ts';
import { startServer } from './testing/server.ts';

const QUERY = '/api/v1/query';
const vectorOf = (value: string) => ({
  resultType: 'vector',
  result: [{ metric: { __name__: 'up' }, value: [1700000000.123, value] }],
});

/** What asking `up` of a server that answers like this throws, its address written as URL. */
async function errorOf(answer: object | ((response: ServerResponse) => void), timeoutMs = 5000) {
  const fake = await fakePrometheus({ [QUERY]: answer });
  const error: unknown = await prometheusApi({ url: fake.url, timeoutMs })
    .query('up')
    .catch((thrown: unknown) => thrown);
  return error instanceof Error ? error.message.replace(fake.url, 'URL') : error;
}

describe('prometheusApi says', () => {
  it.each(['', 'localhost:9090', 'http://', 'not a url'])('that %j is no URL', (url) => {
    expect(() => prometheusApi({ url })).toThrow(
      `${JSON.stringify(url)} is no URL of a Prometheus server; give one such as http://127.0.0.1:9090`,
    );
  });

  it('that credentials do not belong into the URL, and does not repeat them', () => {
    expect(() => prometheusApi({ url: 'http://me:secret@127.0.0.1:9090' })).toThrow(
      /^the URL of Prometheus at 127\.0\.0\.1:9090 has credentials in it, .* authorization header$/,
    );
  });

  it('that nobody listens', async () => {
    const gone = await startServer(() => undefined);
    await gone.close();
    const asked = prometheusApi({ url: gone.url }).query('up');
    await expect(asked).rejects.toThrow(
      `Prometheus at ${gone.url} cannot be reached: connection refused; check that it runs and that this is its URL`,
    );
    await expect(asked).rejects.toHaveProperty('cause');
  });

  it('that it does not answer in time', async () => {
    expect(await errorOf(() => undefined, 100)).toMatchInlineSnapshot(
      `"Prometheus at URL is too slow: context deadline exceeded: no complete answer within 100 ms; see its load, or allow it more time"`,
    );
  });

  it.each([
    [401, 'give the headers with which it lets you in, by --prometheus-header-file'],
    [404, 'check that the URL is that of Prometheus, with its path prefix if it has one'],
    [500, 'see its own log'],
    [503, 'wait until it is ready: it may be starting'],
  ])('what to do about the HTTP status %i', async (status, remedy) => {
    const message = await errorOf((response) => response.writeHead(status).end('<p>sorry</p>'));
    expect(message).toMatch(
      new RegExp(
        `^Prometheus at URL answered /api/v1/query\\?query=up with HTTP status ${status} .*; ${remedy}$`,
      ),
    );
  });

  it('what Prometheus says of a query that it refuses', async () => {
    const envelope = { status: 'error', errorType: 'bad_data', error: '1:3: parse error: no' };
    expect(
      await errorOf((response) => {
        sendJson(response, 400, envelope);
      }),
    ).toMatchInlineSnapshot(
      `"Prometheus at URL refused /api/v1/query?query=up: bad_data: 1:3: parse error: no; correct what is asked"`,
    );
  });

  it('what Prometheus says of a query that it cannot carry out', async () => {
    const envelope = { status: 'error', errorType: 'execution', error: 'too many samples' };
    expect(
      await errorOf((response) => {
        sendJson(response, 422, envelope);
      }),
    ).toMatchInlineSnapshot(
      `"Prometheus at URL refused /api/v1/query?query=up: execution: too many samples; see its own log"`,
    );
  });

  it('that the answer is not JSON', async () => {
    const html = (response: ServerResponse) =>
      response.setHeader('content-type', 'text/html').end('<p>Log in</p>');
    expect(await errorOf(html)).toMatchInlineSnapshot(
      `"Prometheus at URL answered /api/v1/query?query=up with text/html that is not JSON; check that the URL is that of Prometheus itself, not of a page in front of it"`,
    );
  });

  it.each([
    [
      'of another program',
      (response: ServerResponse) => {
        sendJson(response, 200, { ok: true });
      },
    ],
    ['of another result type', { resultType: 'table', result: [] }],
    ['with a value that is no number', vectorOf('many')],
  ])('that the JSON is %s', async (_, answer) => {
    expect(await errorOf(answer)).toMatch(
      /^Prometheus at URL answered \/api\/v1\/query\?query=up with JSON of another shape: .*; check that the URL is that of Prometheus itself/s,
    );
  });
});

describe('prometheusApi', () => {
  it('asks below a path prefix, with its headers and the query encoded', async () => {
    const fake = await fakePrometheus({ '/prom/api/v1/query': vectorOf('1') });
    const headers: unknown[] = [];
    const api = prometheusApi({
      url: `${fake.url}/prom/`,
      headers: { authorization: 'Bearer secret' },
      fetch: (input, init) => {
        headers.push(init?.headers);
        return fetch(input, init);
      },
    });
    await api.query('rate(a{b="c&d=e#f+%"}[5m])');
    expect(fake.asked).toEqual(['/prom/api/v1/query?query=rate(a{b="c&d=e#f+%"}[5m])']);
    expect(headers).toEqual([{ accept: 'application/json', authorization: 'Bearer secret' }]);
  });

  it.each([
    ['7', 7],
    ['+Inf', Infinity],
    ['-Inf', -Infinity],
    ['NaN', NaN],
  ])('reads the value %s, and times in milliseconds', async (text, value) => {
    const fake = await fakePrometheus({ [QUERY]: vectorOf(text) });
    expect(await prometheusApi(fake).query('up')).toEqual({
      type: 'vector',
      series: [{ labels: { __name__: 'up' }, value: { at: 1700000000123, value } }],
    });
  });

  it('reads a matrix, and leaves native histograms out', async () => {
    const fake = await fakePrometheus({
      [QUERY]: {
        resultType: 'matrix',
        result: [
          {
            metric: { a: '1' },
            values: [
              [1, '2'],
              [3.5, '4'],
            ],
          },
          { metric: { a: '2' }, histograms: [[1, { count: '1', sum: '1' }]] },
        ],
      },
    });
    expect(await prometheusApi(fake).query('a[1m]')).toEqual({
      type: 'matrix',
      series: [
        {
          labels: { a: '1' },
          values: [
            { at: 1000, value: 2 },
            { at: 3500, value: 4 },
          ],
        },
      ],
    });
  });

  it.each([
    [
      { resultType: 'scalar', result: [1, '2'] },
      { type: 'scalar', value: { at: 1000, value: 2 } },
    ],
    [
      { resultType: 'string', result: [1, 'a'] },
      { type: 'string', text: 'a' },
    ],
  ])('reads %o', async (data, result) => {
    const fake = await fakePrometheus({ [QUERY]: data });
    expect(await prometheusApi(fake).query('2')).toEqual(result);
  });

  it('gives the active targets', async () => {
    const target = {
      labels: { job: 'a' },
      scrapeUrl: 'http://10.0.0.1/metrics',
      health: 'up',
      lastError: '',
    };
    const activeTargets = [{ ...target, discoveredLabels: { __address__: 'x' }, scrapePool: 'a' }];
    const fake = await fakePrometheus({ '/api/v1/targets': { activeTargets, droppedTargets: [] } });
    expect(await prometheusApi(fake).targets()).toEqual([target]);
    expect(fake.asked).toEqual(['/api/v1/targets?state=active']);
  });

  it('rejects with the reason of an abort', async () => {
    const fake = await fakePrometheus({ [QUERY]: () => undefined });
    const reason = new Error('enough');
    await expect(prometheusApi(fake).query('up', AbortSignal.abort(reason))).rejects.toBe(reason);
    const abort = new AbortController();
    const asked = prometheusApi(fake).query('up', abort.signal);
    abort.abort(reason);
    await expect(asked).rejects.toBe(reason);
  });

  it('is ready when Prometheus says so, and not while it starts or is not there', async () => {
    let status = 503;
    const fake = await fakePrometheus({
      '/-/ready': (response) => response.writeHead(status).end(),
    });
    const api = prometheusApi(fake);
    expect(await api.ready()).toBe(false);
    status = 200;
    expect(await api.ready()).toBe(true);
    await fake.close();
    expect(await api.ready()).toBe(false);
  });
});
