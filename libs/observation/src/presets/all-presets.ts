import { aiohttpExporter } from './aiohttp.ts';
import { prometheusNet } from './aspnetcore.ts';
import { counterByStatus, counterPerClass, countByStatus } from './by-rule.ts';
import { django } from './django.ts';
import { dropwizard } from './dropwizard.ts';
import { fastapiInstrumentator } from './fastapi.ts';
import { grpcMiddleware, grpcOpenTelemetry, rpcOpenTelemetry } from './grpc.ts';
import { micrometer } from './micrometer.ts';
import { olderOpenTelemetry, openTelemetry } from './opentelemetry.ts';
import type { Preset } from './preset.ts';
import { envoy, ingressNginx, istio, linkerd, traefik } from './proxies.ts';

/** By rule and not by name: what libraries do that nobody wrote down here. */
export const RULES: readonly Preset[] = [counterByStatus, countByStatus, counterPerClass];

/** Every preset, the better first where several fit: the service's own metrics before a proxy's. */
export const PRESETS: readonly Preset[] = [
  ...[grpcMiddleware, grpcOpenTelemetry, rpcOpenTelemetry],
  ...[micrometer, prometheusNet, django, aiohttpExporter, fastapiInstrumentator, dropwizard],
  ...[openTelemetry, olderOpenTelemetry],
  ...RULES,
  ...[istio, linkerd, envoy, traefik, ingressNginx],
];
