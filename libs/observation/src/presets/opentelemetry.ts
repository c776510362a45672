import type { Preset } from './preset.ts';

/**
 * The stable conventions. Some exporters leave the unit out of the name, and a library that is told to
 * follow both conventions counts every request by the older as well.
 */
export const openTelemetry: Preset = {
  name: 'OpenTelemetry HTTP server',
  source: 'https://opentelemetry.io/docs/specs/semconv/http/http-metrics/',
  requests: ['http_server_request_duration(_seconds)?_count'],
  status: ['http_response_status_code', 'http_status_code'],
  latency: [{ metric: 'http_server_request_duration(_seconds)?', unit: 's' }],
};

/** The conventions before 1.23: milliseconds, which the name of some exporters does not say. */
export const olderOpenTelemetry: Preset = {
  name: 'OpenTelemetry HTTP server, older conventions',
  source:
    'https://github.com/open-telemetry/semantic-conventions/blob/v1.20.0/docs/http/http-metrics.md',
  requests: ['http_server_duration(_milliseconds)?_count'],
  status: ['http_status_code', 'http_response_status_code'],
  latency: [{ metric: 'http_server_duration(_milliseconds)?', unit: 'ms' }],
};
