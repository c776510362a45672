import { readManifests, type Manifest } from '@canary/manifests';
import type { PlatformObject } from '@canary/rollout';
import type { Io, Options } from '../command.ts';
import { namedDeployment } from '../release/find-stable.ts';
import { ownObject } from '../release/in-place.ts';
import { withSite } from '../site/with-site.ts';

/**
 * A Deployment as it runs, and the Services that send traffic to its pods, as if files had them.
 *
 * @param target such as `deploy/shop`; findings call it so
 * @throws `UsageError` where there is none, or it is no Deployment
 */
export async function readTarget(io: Io, options: Options, target: string): Promise<Manifest[]> {
  return withSite(
    io,
    options,
    async (place) => {
      const workloads = await place.site.platform.list(place.selector);
      const deployment = await ownObject(place, namedDeployment(place, workloads));
      const services = (await place.site.services?.()) ?? [];
      return [
        ...manifestsOf(target, deployment),
        ...services
          .filter((service) => sendsTo(service, deployment))
          .flatMap((service) => manifestsOf(`service/${service.metadata.name}`, service)),
      ];
    },
    target,
  );
}

/** On one line: there is no file whose lines could be told. */
function manifestsOf(file: string, object: PlatformObject): Manifest[] {
  return readManifests(file, JSON.stringify(object));
}

function sendsTo(service: PlatformObject, deployment: PlatformObject): boolean {
  const { selector = {} } = (service['spec'] ?? {}) as {
    readonly selector?: Readonly<Record<string, string>>;
  };
  const { template } = deployment['spec'] as {
    readonly template: { readonly metadata?: PlatformObject['metadata'] };
  };
  const labels = template.metadata?.labels ?? {};
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}
