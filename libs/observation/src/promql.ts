/** A string literal: PromQL reads JSON's escapes, as they are Go's. Half a surrogate pair becomes U+FFFD. */
export function promqlString(text: string): string {
  return JSON.stringify(Buffer.from(text, 'utf8').toString('utf8'));
}

/** The name that Prometheus' `labelmap` gives a Kubernetes label: `app.kubernetes.io/name` becomes `app_kubernetes_io_name`. */
export function promqlLabelName(kubernetesLabel: string): string {
  return kubernetesLabel.replace(/[^a-zA-Z0-9_]/g, '_');
}

/** Label matchers for these values, such as `appname="myapp"`, separated by commas. */
export function promqlMatchers(
  labels: readonly (readonly [name: string, value: string])[],
): string {
  return labels.map(([name, value]) => `${name}=${promqlString(value)}`).join(',');
}

/** A range of that many seconds, such as `[30s]`; to the millisecond where it is no whole number. */
export function promqlRange(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000);
  if (!Number.isSafeInteger(milliseconds) || milliseconds <= 0)
    throw new Error(
      `a range of ${seconds} s cannot be asked for; give a number of seconds above 0`,
    );
  return milliseconds % 1000 === 0 ? `[${milliseconds / 1000}s]` : `[${milliseconds}ms]`;
}
