import type { LiveRule, Rule } from './rule.ts';
import { duplicateObject } from './rules/duplicate-object.ts';
import { gracePeriod } from './rules/grace-period.ts';
import { imageTag } from './rules/image-tag.ts';
import { labelCollision } from './rules/label-collision.ts';
import { livenessAsReadiness } from './rules/liveness-as-readiness.ts';
import { metricsLive } from './rules/metrics-live.ts';
import { overlappingSelectors } from './rules/overlapping-selectors.ts';
import { portConflict } from './rules/port-conflict.ts';
import { probePort } from './rules/probe-port.ts';
import { probesMissing } from './rules/probes-missing.ts';
import { removedApi } from './rules/removed-api.ts';
import { resourcesMissing } from './rules/resources-missing.ts';
import { scrapeAnnotations } from './rules/scrape-annotations.ts';
import { scrapeEveryPort } from './rules/scrape-every-port.ts';
import { scrapeMisplaced } from './rules/scrape-misplaced.ts';
import { scrapePort } from './rules/scrape-port.ts';
import { selectorMismatch } from './rules/selector-mismatch.ts';
import { servicePinsRelease } from './rules/service-pins-release.ts';
import { serviceSelectsNothing } from './rules/service-selects-nothing.ts';
import { serviceSeveralApps } from './rules/service-several-apps.ts';
import { serviceSticky } from './rules/service-sticky.ts';
import { serviceTargetPort } from './rules/service-target-port.ts';
import { updateToZero } from './rules/update-to-zero.ts';
import { valueNotText } from './rules/value-not-text.ts';

/** Every rule that needs nothing but the objects, in the order in which the docs list them. */
export const rules: readonly Rule[] = [
  scrapePort,
  scrapeAnnotations,
  scrapeMisplaced,
  scrapeEveryPort,
  labelCollision,
  serviceSeveralApps,
  serviceSelectsNothing,
  serviceTargetPort,
  servicePinsRelease,
  serviceSticky,
  overlappingSelectors,
  selectorMismatch,
  duplicateObject,
  probesMissing,
  probePort,
  livenessAsReadiness,
  gracePeriod,
  updateToZero,
  resourcesMissing,
  imageTag,
  portConflict,
  valueNotText,
  removedApi,
];

/** The rules that ask the pods that run. */
export const liveRules: readonly LiveRule[] = [metricsLive];
