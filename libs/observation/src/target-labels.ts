/** Labels of a series or target. */
export type Labels = Readonly<Record<string, string>>;

/** The labels by which Prometheus' scrape configuration tells pods apart. */
export const NAMESPACE = 'kubernetes_namespace';
export const POD = 'kubernetes_pod_name';
export const RELEASE = 'release';
const ALWAYS_ADDED = ['__name__', 'job', 'instance', NAMESPACE, POD, RELEASE];

/** The pod behind a target, as its labels name it; `undefined` where it is no pod's. */
export function podOfTarget(labels: Labels): { namespace: string; name: string } | undefined {
  const { [NAMESPACE]: namespace, [POD]: name } = labels;
  return namespace && name ? { namespace, name } : undefined;
}

/** One text for all series that come from the same target. */
export function targetKey(labels: Labels): string {
  return JSON.stringify([labels['job'], labels['instance'], labels[POD]]);
}

/**
 * Takes off a series' labels what Prometheus added to those that the pod exposed: the labels of its
 * target, or of any of the targets where its own has gone. A label that the pod exposes under the
 * same name is `exported_…` in Prometheus, and gets its name back.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config `honor_labels`
 */
export function ownLabelsOf(targets: readonly { labels: Labels }[]): (labels: Labels) => Labels {
  const namesOf = (some: typeof targets) =>
    new Set([...ALWAYS_ADDED, ...some.flatMap(({ labels }) => Object.keys(labels))]);
  const byTarget = new Map(targets.map((one) => [targetKey(one.labels), namesOf([one])]));
  const ofAny = namesOf(targets);

  return (labels) => {
    const added = byTarget.get(targetKey(labels)) ?? ofAny;
    const own = Object.entries(labels).filter(([name]) => !added.has(name));
    return Object.fromEntries(
      own.map(([name, value]) => {
        const exposed = name.replace(/^exported_/, '');
        return [added.has(exposed) ? exposed : name, value];
      }),
    );
  };
}
