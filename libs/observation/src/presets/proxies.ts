import type { Preset } from './preset.ts';

/** A proxy beside the service counts what comes in, and what the service asks others for. */
export const istio: Preset = {
  name: 'Istio',
  source: 'https://istio.io/latest/docs/reference/config/metrics/',
  requests: ['istio_requests_total'],
  status: ['response_code', 'grpc_response_status'],
  where: ['reporter="destination"'],
  latency: [{ metric: 'istio_request_duration_milliseconds' }],
};

export const linkerd: Preset = {
  name: 'Linkerd',
  source: 'https://linkerd.io/2/reference/proxy-metrics/',
  having: 'response_latency_ms_count',
  requests: ['response_total'],
  status: ['classification', 'status_code'],
  where: ['direction="inbound"'],
  latency: [{ metric: 'response_latency_ms' }],
};

/** Envoy by itself and under Envoy Gateway, Contour and others. */
export const envoy: Preset = {
  name: 'Envoy',
  source: 'https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/stats',
  requests: ['envoy_http_downstream_rq_xx'],
  status: ['envoy_response_code_class'],
  where: ['envoy_http_conn_manager_prefix!~"admin|stats|metrics|ready.*"'],
  latency: [{ metric: 'envoy_http_downstream_rq_time', unit: 'ms' }],
};

/** The same request is counted by entry point, router and service. */
export const traefik: Preset = {
  name: 'Traefik',
  source: 'https://doc.traefik.io/traefik/reference/install-configuration/observability/metrics/',
  requests: ['traefik_service_requests_total', 'traefik_entrypoint_requests_total'],
  status: ['code'],
  latency: [
    { metric: 'traefik_service_request_duration_seconds' },
    { metric: 'traefik_entrypoint_request_duration_seconds' },
  ],
};

export const ingressNginx: Preset = {
  name: 'ingress-nginx',
  source: 'https://kubernetes.github.io/ingress-nginx/user-guide/monitoring/',
  requests: ['nginx_ingress_controller_requests'],
  status: ['status'],
  latency: [{ metric: 'nginx_ingress_controller_request_duration_seconds' }],
};
