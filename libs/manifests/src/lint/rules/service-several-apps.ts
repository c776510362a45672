import { areNamedApart, haveOtherImages, imagesOf } from '../model/app.ts';
import { nameOf } from '../model/manifest.ts';
import { declaredPorts, declares, mayHavePort } from '../model/ports.ts';
import type { Scope } from '../model/scope.ts';
import { selectorText } from '../model/selector.ts';
import type { Service } from '../model/service.ts';
import { isBatch, type Workload } from '../model/workload.ts';
import type { Rule } from '../rule.ts';

/** A Service in front of apps that have nothing to do with each other. */
export const serviceSeveralApps: Rule = {
  id: 'service-several-apps',
  severity: 'error',
  summary: 'the selector of a Service catches more than one app',
  why: 'Kubernetes spreads the connections over all pods that the selector matches. Those that reach the other app are refused or get its answers, and the share of a canary is not the one that its replicas allow.',
  fix: 'Give each app a label of its own, and select by it.',
  check: (scope) =>
    scope.services
      .filter(({ isHeadless }) => !isHeadless)
      .flatMap((service) => {
        const { manifest, selector } = service;
        const [first, ...others] = scope.behind(service).filter((one) => !isBatch(one));
        const other = first && others.find((one) => isAnotherApp(scope, service, [first, one]));
        if (!other) return [];
        const apps = [first, other].map((one) => describe(one)).join(' and ');
        return {
          manifest,
          path: ['spec', 'selector'],
          message: `selector ${selectorText(selector)} catches more than one app: ${apps}`,
        };
      }),
};

/** By their labels; or by their images, where only one of them has the ports that the Service asks. */
function isAnotherApp(scope: Scope, { ports }: Service, [a, b]: readonly [Workload, Workload]) {
  if (areNamedApart(a, b)) return true;
  if (!haveOtherImages(a, b)) return false;
  const answers = (workload: Workload) =>
    ports.some(({ target }) => {
      if (target === undefined) return true;
      if (declares(workload, target)) return true;
      return typeof target === 'number' && mayHavePort(scope, workload, target);
    });
  return answers(a) !== answers(b);
}

function describe(workload: Workload): string {
  const ports = declaredPorts(workload);
  const images = imagesOf(workload).join(', ');
  return `${nameOf(workload.manifest)} (${images}${ports === '' ? '' : ` at ${ports}`})`;
}
