/** How a container is asked whether it is well. */
export type Probe =
  | { readonly httpGet: { readonly path: string; readonly port: string } }
  | { readonly tcpSocket: { readonly port: string } };

/**
 * The article's probes (period 10 s, timeout 2 s), without its 20 s of blindness: the startup probe
 * finds a container ready within a second or two and gives a slow one a minute. Readiness asks every
 * 2 s, so that a pod that no longer answers leaves its Services within 6 s, not 30.
 */
export function probes(probe: Probe) {
  return {
    startupProbe: { ...probe, periodSeconds: 1, timeoutSeconds: 2, failureThreshold: 60 },
    readinessProbe: { ...probe, periodSeconds: 2, timeoutSeconds: 2, failureThreshold: 3 },
    livenessProbe: { ...probe, periodSeconds: 10, timeoutSeconds: 2, failureThreshold: 3 },
  };
}
