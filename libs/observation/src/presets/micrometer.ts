import type { Preset } from './preset.ts';

/**
 * Spring Boot, Micronaut and Quarkus. A summary without buckets, unless the service asks for them:
 * `management.metrics.distribution.percentiles-histogram.http.server.requests=true` in Spring.
 */
export const micrometer: Preset = {
  name: 'Micrometer (Spring Boot, Micronaut, Quarkus)',
  source:
    'https://docs.spring.io/spring-boot/reference/actuator/metrics.html#actuator.metrics.supported.spring-mvc',
  requests: ['http_server_requests_seconds_count'],
  status: ['status', 'outcome'],
  latency: [{ metric: 'http_server_requests_seconds' }],
};
