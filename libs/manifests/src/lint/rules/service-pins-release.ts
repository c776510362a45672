import { nameOf } from '../model/manifest.ts';
import { matches } from '../model/selector.ts';
import type { Rule } from '../rule.ts';

const RELEASE_LABELS = ['release', 'version', 'app.kubernetes.io/version'];
/** As versions look; the `release` of a Helm chart is the name of its installation. */
const VERSION = /^v?\d+([._-][\w.-]+)?$/;

/** A Service that no canary can ever share. */
export const servicePinsRelease: Rule = {
  id: 'service-pins-release',
  severity: 'warning',
  summary: 'a Service selects one release only, and no other Service has all of them',
  why: 'A canary gets its share of the traffic by being caught by the same selector. One that names the version catches the stable release alone: the canary runs, is healthy, and has no request.',
  fix: 'Select by what all releases of the app have in common, such as `appname`.',
  check: (scope) =>
    scope.services.flatMap(({ manifest, selector }) => {
      const pinned = RELEASE_LABELS.find((key) => VERSION.test(selector.labels[key] ?? ''));
      if (pinned === undefined) return [];
      const isShared = scope.services.some(
        (other) =>
          other.manifest.namespace === manifest.namespace &&
          !(pinned in other.selector.labels) &&
          matches(other.selector, selector.labels),
      );
      const pods = scope.selected(manifest.namespace, selector);
      if (isShared || pods.length === 0) return [];
      const message = `selector asks for ${pinned}=${selector.labels[pinned]!}, so that a canary beside ${nameOf(pods[0]!.manifest)} gets no traffic`;
      return { manifest, path: ['spec', 'selector', pinned], message };
    }),
};
