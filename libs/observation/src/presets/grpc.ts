import type { Preset } from './preset.ts';

/** Calls that began are counted beside those that were handled, and each is one call. */
export const grpcMiddleware: Preset = {
  name: 'gRPC server interceptors',
  source:
    'https://github.com/grpc-ecosystem/go-grpc-middleware/blob/main/providers/prometheus/server_metrics.go',
  requests: ['grpc_server_handled_total', 'grpc_server_handled_count'],
  status: ['grpc_code', 'code', 'grpc_status'],
  latency: [
    { metric: 'grpc_server_handling_seconds' },
    { metric: 'grpc_server_handled_latency_seconds' },
  ],
};

/** gRPC's own OpenTelemetry plugin. */
export const grpcOpenTelemetry: Preset = {
  name: 'gRPC OpenTelemetry plugin',
  source: 'https://grpc.io/docs/guides/opentelemetry-metrics/',
  requests: ['grpc_server_call_duration(_seconds)?_count'],
  status: ['grpc_status'],
  latency: [{ metric: 'grpc_server_call_duration(_seconds)?', unit: 's' }],
};

/** The stable conventions first, those in milliseconds after them. */
export const rpcOpenTelemetry: Preset = {
  name: 'OpenTelemetry RPC server',
  source: 'https://opentelemetry.io/docs/specs/semconv/rpc/rpc-metrics/',
  requests: [
    'rpc_server_call_duration(_seconds)?_count',
    'rpc_server_duration(_milliseconds|_seconds)?_count',
  ],
  status: ['rpc_response_status_code', 'rpc_grpc_status_code'],
  latency: [
    { metric: 'rpc_server_call_duration(_seconds)?', unit: 's' },
    { metric: 'rpc_server_duration_seconds', unit: 's' },
    { metric: 'rpc_server_duration(_milliseconds)?', unit: 'ms' },
  ],
};
