/** Checks anyone's manifests for what makes a release, or the sight of it, go wrong. */
export { lint } from './lint.ts';
export type { Finding, LintOptions } from './lint.ts';
export type { Manifest } from './model/manifest.ts';
export { ManifestFileError } from './read/manifest-file-error.ts';
export { kubernetesYaml } from './read/kubernetes-yaml.ts';
export { readManifests } from './read/read-manifests.ts';
export type { LivePods, LiveTarget, RuleText, Severity } from './rule.ts';
export { liveRules, rules } from './rules.ts';
