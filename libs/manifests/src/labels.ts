/**
 * The labels that tools agree on, beside the article's own.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export function standardLabels(name: string, component: string, version?: string) {
  return {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/component': component,
    ...(version === undefined ? {} : { 'app.kubernetes.io/version': version }),
    'app.kubernetes.io/part-of': 'canary-release',
    'app.kubernetes.io/managed-by': 'canary',
  };
}
