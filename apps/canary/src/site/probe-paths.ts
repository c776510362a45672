import type { PlatformObject } from '@canary/rollout';

interface Probe {
  readonly httpGet?: { readonly path?: unknown };
}
interface Container {
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
}

/** Paths at which the kubelet asks a workload's pods how they are: nobody's traffic. */
export function probePathsOf(object: PlatformObject): readonly string[] {
  const spec = object['spec'] as
    | { readonly template?: { readonly spec?: { readonly containers?: readonly Container[] } } }
    | undefined;
  const probes = (spec?.template?.spec?.containers ?? []).flatMap((container) => [
    container.livenessProbe,
    container.readinessProbe,
    container.startupProbe,
  ]);
  const paths = probes.map((probe) => probe?.httpGet?.path);
  return [...new Set(paths.filter((path) => typeof path === 'string'))];
}
