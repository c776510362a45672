import type { ScalarTag, SchemaOptions } from 'yaml';

/** These words are truth values, unless quoted. */
const wordBoolean: ScalarTag = {
  default: true,
  tag: 'tag:yaml.org,2002:bool',
  test: /^(?:yes|Yes|YES|on|On|ON|no|No|NO|off|Off|OFF)$/,
  resolve: (text) => /^(?:y|on)/i.test(text),
};

/** Such as the `0644` of a volume's mode. */
const octal: ScalarTag = {
  default: true,
  tag: 'tag:yaml.org,2002:int',
  format: 'OCT',
  test: /^[-+]?0[0-7]+$/,
  resolve: (text) => Number.parseInt(text, 8),
};

/** How Kubernetes' own reader takes a text: YAML 1.2 with some of YAML 1.1. */
export const kubernetesYaml = {
  merge: true,
  customTags: (tags) => [octal, wordBoolean, ...tags],
} satisfies SchemaOptions;
