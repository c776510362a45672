import type { Preset } from './preset.ts';

/** prometheus-net; ASP.NET Core's own metrics follow OpenTelemetry's conventions. */
export const prometheusNet: Preset = {
  name: 'prometheus-net (ASP.NET Core)',
  source: 'https://github.com/prometheus-net/prometheus-net#aspnet-core-http-request-metrics',
  requests: ['http_requests_received_total', 'grpc_requests_received_total'],
  status: ['code'],
  latency: [{ metric: 'http_request_duration_seconds' }],
};
