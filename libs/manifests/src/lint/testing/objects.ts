/** What a Deployment of tests may differ in; everything is text of YAML, in flow style. */
export interface DeploymentText {
  readonly name?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly labels?: string;
  readonly selector?: string;
  readonly annotations?: string;
  /** Fields of `spec`, such as `replicas: 2`. */
  readonly spec?: string;
  /** Fields of the pods' `spec`. */
  readonly pod?: string;
  /** Fields of the one container. */
  readonly container?: string;
}

/** A Deployment without a finding: line 1 is its apiVersion, 6 its labels, 8 its container. */
export function deployment(text: DeploymentText = {}): string {
  const { name = 'web', labels = `{app: ${name}}`, kind = 'Deployment' } = text;
  const { selector = labels, annotations = '{}', spec, pod, container } = text;
  const image = container?.includes('image:') === true ? '' : 'image: "web:1", ';
  const metadata = `{name: ${name}${text.namespace === undefined ? '' : `, namespace: ${text.namespace}`}}`;
  return [
    'apiVersion: apps/v1',
    `kind: ${kind}`,
    `metadata: ${metadata}`,
    `spec: {${spec === undefined ? '' : `${spec}, `}selector: {matchLabels: ${selector}},`,
    '  template: {metadata: {',
    `    labels: ${labels},`,
    `    annotations: ${annotations}}, spec: {${pod === undefined ? '' : `${pod}, `}containers: [`,
    `    {name: main, ${image}${container ?? 'ports: [{name: http, containerPort: 80}]'}}]}}}`,
    '',
  ].join('\n');
}

/** A Service; line 4 is its spec. */
export function service(name: string, selector: string, more = 'ports: [{port: 80}]'): string {
  return [
    'apiVersion: v1',
    'kind: Service',
    `metadata: {name: ${name}}`,
    `spec: {selector: ${selector}, ${more}}`,
    '',
  ].join('\n');
}

/** Several objects as one stream. */
export function stream(...objects: readonly string[]): string {
  return objects.join('---\n');
}
