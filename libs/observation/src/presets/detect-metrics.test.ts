import { podTotals, seriesRules } from '@canary/rollout';
import { describe, expect, it } from 'vitest';
import { readTextFormat } from '../text-format.ts';
import { detectedSeries, detectMetrics } from './detect-metrics.ts';

function exposed(text: string, ownPaths: readonly string[] = []) {
  const { samples, metadata } = readTextFormat(text);
  return { series: samples, metadata: Object.fromEntries(metadata), ownPaths };
}

const found = (text: string, named?: Parameters<typeof detectMetrics>[1]) =>
  detectMetrics(exposed(text), named);

/** A histogram of 12 requests, two of them above a second. */
const histogram = (name: string, labels = '') =>
  ['0.1', '1', '+Inf']
    .map((le, i) => `${name}_bucket{le="${le}"${labels && `,${labels}`}} ${[10, 10, 12][i]!}\n`)
    .join('') +
  `${name}_sum${labels && `{${labels}}`} 9\n${name}_count${labels && `{${labels}}`} 12\n`;

describe('what is no count of requests', () => {
  it.each([
    ['nothing', ''],
    ['requests without a status', 'http_requests_total 5\n'],
    ['values that nobody understands', 'http_requests_total{status="blue"} 5\n'],
    ['scrapes', 'promhttp_metric_handler_requests_total{code="200"} 5\n'],
    ['requests that it makes itself', 'rest_client_requests_total{code="200"} 5\n'],
    ['errors alone', 'http_request_errors_total{code="500"} 5\n'],
    ['sizes', histogram('http_response_size_bytes', 'code="200"')],
    ['requests that are being answered', 'http_requests_in_flight{code="200"} 5\n'],
    ['a gauge', '# TYPE http_requests gauge\nhttp_requests{code="200"} 5\n'],
    ['what is not about requests', 'jobs_total{status="success"} 5\nlogins_total{code="200"} 5\n'],
  ])('%s', (_, text) => {
    const { requests, why } = found(text);
    expect(requests).toBeUndefined();
    expect(why[0]).toContain('no request can be counted');
  });
});

it('tells what was declared and has counted nothing yet', () => {
  const text =
    '# TYPE http_requests_total counter\n# TYPE http_request_duration_seconds histogram\n' +
    '# TYPE jobs_total counter\n# TYPE http_response_size_bytes histogram\nup 1\n';
  expect(found(text).uncounted).toEqual(['http_request_duration_seconds', 'http_requests_total']);
  expect(found(`${text}http_requests_total{code="200"} 0\n`).uncounted).toEqual([
    'http_request_duration_seconds',
  ]);
});

/** Names that other libraries use; none of them has a preset. */
describe('other libraries of the same habits', () => {
  it.each([
    ['Ruby', 'http_server_requests_total{code}', '200/500', 'http_server_request_duration_seconds'],
    [
      'actix-web-prom',
      'api_http_requests_total{status}',
      '200/500',
      'api_http_requests_duration_seconds',
    ],
    [
      'Rocket',
      'rocket_http_requests_total{status}',
      '200/500',
      'rocket_http_requests_duration_seconds',
    ],
    ['Kratos', 'server_requests_code_total{code}', '200/500', 'server_requests_seconds'],
    [
      'HAProxy',
      'haproxy_frontend_http_responses_total{code}',
      '2xx/5xx',
      'haproxy_http_response_time_seconds',
    ],
    ['camel case', 'http_requests_total{statusCode}', '200/500', 'http_request_duration_seconds'],
    ['words', 'app_requests_total{outcome}', 'success/failure', 'app_request_latency_ms'],
    ['yes and no', 'rpc_requests_total{ok}', 'true/false', 'rpc_request_time_seconds'],
    [
      'gRPC words in a label of any name',
      'grpc_requests_total{code}',
      'OK/Unavailable',
      'grpc_request_duration_seconds',
    ],
  ])('%s', (_, counter, statuses, latency) => {
    const [, metric = '', label = ''] = /^(\w+)\{(\w+)\}$/.exec(counter) ?? [];
    const [good = '', bad = ''] = statuses.split('/');
    const counts = `${metric}{${label}="${good}"} 10\n${metric}{${label}="${bad}"} 2\n`;
    const text = `${counts}${histogram(latency)}`;
    const all = exposed(text);
    const detected = detectMetrics(all);
    expect(detected.requests?.metric).toBe(metric);
    expect(detected.requests).toMatchObject({ counted: 12, failed: 2 });
    expect(detected.latency).toMatchObject({ metric: latency, problem: undefined });
    const { upTo } = podTotals(all, seriesRules(detectedSeries(detected)));
    expect([...upTo.values()]).toEqual([10, 10, 12]);
  });

  it('a counter for each class of status, in the middle of its name or at its end', () => {
    const text =
      'app_responses_2xx_total 10\napp_responses_5xx_total 2\napp_5xx_rate_responses 1\n';
    expect(found(text).requests).toMatchObject({
      metric: 'app_responses_Nxx_total',
      counted: 12,
      failed: 2,
    });
    const bare = 'http_status_2xx 10\nhttp_status_4xx 1\nhttp_status_5xx 2\n';
    expect(found(bare).requests).toMatchObject({
      metric: 'http_status_Nxx',
      counted: 13,
      failed: 2,
    });
  });

  it('a unit that stands in the metadata', () => {
    const text = `# UNIT http_request_took ms\n${histogram('http_request_took', 'status="200"')}`;
    expect(found(text).latency).toMatchObject({ metric: 'http_request_took', unit: 'ms' });
    const unsaid = histogram('http_request_took', 'status="200"');
    expect(found(unsaid).latency?.problem).toContain('nobody knows its unit');
  });
});

describe('proxies beside the service', () => {
  it('are not counted with both ends of a request', () => {
    const istio =
      'istio_requests_total{reporter="destination",response_code="200"} 10\n' +
      'istio_requests_total{reporter="destination",response_code="503"} 2\n' +
      'istio_requests_total{reporter="source",response_code="200"} 99\n';
    expect(found(istio).requests).toMatchObject({ counted: 12, failed: 2 });
    const linkerd =
      'response_total{direction="inbound",classification="success",status_code="200"} 10\n' +
      'response_total{direction="inbound",classification="failure",status_code="503"} 2\n' +
      'response_total{direction="outbound",classification="failure",status_code="503"} 7\n' +
      'response_latency_ms_count{direction="inbound"} 12\n';
    expect(found(linkerd).requests).toMatchObject({ counted: 12, failed: 2 });
  });

  it('say the class of a status by its digit, and are not counted for their own pages', () => {
    const name = 'envoy_http_downstream_rq_xx';
    const text = ['admin', 'ingress_http']
      .map((of) =>
        ['2', '5']
          .map(
            (one) =>
              `${name}{envoy_response_code_class="${one}",envoy_http_conn_manager_prefix="${of}"} ${one}\n`,
          )
          .join(''),
      )
      .join('');
    expect(found(text).requests).toMatchObject({ counted: 7, failed: 5 });
  });

  it('stand back behind what the service itself counts', () => {
    const text =
      'istio_requests_total{reporter="destination",response_code="200"} 90\nshop_requests_total{code="200"} 5\n';
    expect(found(text).requests?.metric).toBe('shop_requests_total');
  });
});

describe('of several', () => {
  it('one that counted nothing is none while another did', () => {
    const text =
      'http_requests_total{status="200"} 0\ngrpc_server_handled_total{grpc_code="OK"} 7\n';
    expect(found(text).requests?.metric).toBe('grpc_server_handled_total');
    const other =
      'http_requests_total{status="200"} 3\ngrpc_server_handled_total{grpc_code="OK"} 0\n';
    expect(found(other).requests?.metric).toBe('http_requests_total');
  });

  it('one is chosen, and the other told with the way to name it', () => {
    const text = 'http_requests_total{status="200"} 9\nshop_requests_total{status="200"} 5\n';
    const { requests, ignored } = found(text);
    expect(requests?.metric).toBe('http_requests_total');
    expect(ignored).toEqual([
      {
        metric: 'shop_requests_total',
        why: 'counts 5 requests as well: name it by --requests-metric if it is the one',
      },
    ]);
  });

  it('requests for metrics and probes are none', () => {
    const text =
      'http_requests_total{status="200",path="/healthy"} 900\nshop_requests_total{status="200"} 5\n';
    expect(detectMetrics(exposed(text, ['/healthy'])).requests?.metric).toBe('shop_requests_total');
  });
});

describe('what is named', () => {
  const text =
    'http_requests_total{status="200"} 9\njobs_total{how="200",state="x"} 5\njobs_seconds_count 1\n';

  it('goes before what is found, with the label that is found for it', () => {
    const named = { requests: 'http_requests_total', where: ['a="b"'] };
    const detected = found(text, named);
    expect(detectedSeries(detected, named)).toEqual({
      requests: 'http_requests_total',
      statusLabel: 'status',
      where: ['a="b"'],
    });
    const label = { requests: 'jobs_total', statusLabel: 'how', durations: 'jobs_seconds' };
    expect(detectedSeries(found(text, label), label)).toEqual(label);
  });

  it('makes a label count that nobody would have taken for it, and words that nobody understands', () => {
    const odd = 'http_requests_total{colour="blue"} 9\nhttp_requests_total{colour="red"} 2\n';
    const named = { statusLabel: 'colour', errorStatus: 'red' };
    const detected = found(odd, named);
    expect(detected.requests).toMatchObject({ counted: 11, failed: 2 });
    expect(detectedSeries(detected, named)).toEqual({ requests: 'http_requests_total', ...named });
    const words = 'http_requests_total{status="blue"} 9\nhttp_requests_total{status="red"} 2\n';
    expect(found(words, { errorStatus: 'red' }).requests).toMatchObject({ failed: 2 });
  });

  it('counts only what has the labels asked for', () => {
    const { requests } = found('http_requests_total{status="200",path="/a"} 9\n', {
      where: ['path!="/a"'],
    });
    expect(requests?.counted).toBe(0);
  });

  it('is told where it is not there', () => {
    const { requests, why } = found(text, { requests: 'nope_total' });
    expect(requests).toBeUndefined();
    expect(why[0]).toContain('nope_total');
  });
});
