/** Labels of a series or target. */
export type Labels = Readonly<Record<string, string>>;

/** Labels by which a scrape configuration tells pods apart. */
export interface PodLabels {
  readonly namespace: string;
  readonly pod: string;
}

/** As scrape configurations by annotations have them, ours among them; and as the Prometheus Operator has them. */
export const CONVENTIONS: readonly [PodLabels, PodLabels] = [
  { namespace: 'kubernetes_namespace', pod: 'kubernetes_pod_name' },
  { namespace: 'namespace', pod: 'pod' },
];
export const RELEASE = 'release';

/** The pod behind a target, as its labels name it; `undefined` where it is no pod's. */
export function podOfTarget(
  labels: Labels,
): { namespace: string; name: string; by: PodLabels } | undefined {
  for (const by of CONVENTIONS) {
    const { [by.namespace]: namespace, [by.pod]: name } = labels;
    if (namespace && name) return { namespace, name, by };
  }
  return undefined;
}

const ALWAYS_ADDED = ['__name__', 'job', 'instance', RELEASE];

/** One text for all series that come from the same target. */
export function targetKey(labels: Labels): string {
  return JSON.stringify([labels['job'], labels['instance'], podOfTarget(labels)?.name]);
}

/**
 * Takes off a series' labels what Prometheus added to those that the pod exposed: the labels of its
 * target, or of any of the targets where its own has gone. A label that the pod exposes under the
 * same name is `exported_…` in Prometheus, and gets its name back.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config `honor_labels`
 */
export function ownLabelsOf(targets: readonly { labels: Labels }[]): (labels: Labels) => Labels {
  const by = targets.map(({ labels }) => podOfTarget(labels)?.by).find(Boolean) ?? CONVENTIONS[0];
  const podLabels = [by.namespace, by.pod];
  const namesOf = (some: typeof targets) =>
    new Set([...ALWAYS_ADDED, ...podLabels, ...some.flatMap(({ labels }) => Object.keys(labels))]);
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
