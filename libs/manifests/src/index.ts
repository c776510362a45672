/** Kubernetes, Prometheus and Grafana objects from typed functions, validated and rendered to YAML; and a lint of anyone's. */
export { catalogue, renderObjects, secretsNeeded } from './catalogue.ts';
export type { CatalogueEntry, SecretNeeded } from './catalogue.ts';
export { driverJob, type Driven } from './driver/job.ts';
export { driverRights, driverWishes, outsideWishes, type Right } from './driver/rights.ts';
export { GRAFANA, GRAFANA_PORT, GRAFANA_SECRET, GRAFANA_USER } from './grafana/names.ts';
export {
  kubernetesYaml,
  lint,
  liveRules,
  ManifestFileError,
  readManifests,
  rules,
} from './lint/index.ts';
export type {
  Finding,
  LintOptions,
  LivePods,
  LiveTarget,
  Manifest,
  RuleText,
  Severity,
} from './lint/index.ts';
export { APP_NAME, APP_PORT, SERVICE_NAME, TRAFFIC_NAME } from './names.ts';
export { ManifestError, parseParameters } from './parameters.ts';
export type { Images, Parameters } from './parameters.ts';
export { PROMETHEUS, PROMETHEUS_PORT } from './prometheus/names.ts';
export { deploymentName } from './release/deployment.ts';
export { toYaml } from './yaml.ts';
